import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Points' });
