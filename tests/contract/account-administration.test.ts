import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Account administration' });
