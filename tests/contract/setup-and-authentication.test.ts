import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Setup and authentication' });
