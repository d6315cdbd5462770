import { describeContract } from 'driftgate/jest';

describeContract({ folder: 'Campaigns and promo codes' });
