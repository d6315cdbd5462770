import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Customer tags' });
