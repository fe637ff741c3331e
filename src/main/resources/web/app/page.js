// The service as the page's user sees it.
// @ts-check

import { Service } from '../embed/service.js';
import { Texts } from '../embed/texts.js';
import { accessToken, renew } from './session.js';

export const texts = new Texts('en');
export const service = new Service('', { token: accessToken, renew }, texts);
