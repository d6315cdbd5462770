import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Tiers and progress' });
