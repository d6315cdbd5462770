/** jest-junit, of this package: a suite beside it finds it where it is installed by its path, and npm links it. */
const junit: unknown = require('jest-junit');
export default junit;
