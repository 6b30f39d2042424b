export { derivative, parse } from 'mathjs';
