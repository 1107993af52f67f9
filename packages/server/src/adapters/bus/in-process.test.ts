import { busContract } from '@recreio/core/testing/contracts/bus.ts';
import { inProcess } from './in-process.ts';

const open = inProcess();

busContract('one process', () => ({ open, faults: null }));
