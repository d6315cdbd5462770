import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'POS: lookup and discounting' });
