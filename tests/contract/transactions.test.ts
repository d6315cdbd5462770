import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Transactions' });
