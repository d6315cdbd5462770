import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Reward store' });
