import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Events and timeline' });
