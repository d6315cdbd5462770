import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Offers (wallet)' });
