// The steps between the file and the import, loaded together when a file is there.
// @ts-check

import './columns.js';
import './format.js';
import './outlook.js';
import './values.js';
