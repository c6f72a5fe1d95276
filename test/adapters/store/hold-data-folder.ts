import { lockData } from '../../../src/adapters/store/data-lock.ts';

lockData(process.argv[2] ?? '');
console.log('held');
setInterval(() => {}, 1000);
