// What all views share: the language, the user, and the service as this user sees it.
// @ts-check

import { Service } from '../embed/service.js';
import { HERE, Session } from './session.js';
import { PageTexts, pageTextsFor, preferredLanguage, remember } from './texts.js';

/** Dispatches "change" when another language is spoken. */
class Store extends EventTarget {
  texts = new PageTexts();
  session = new Session();
  service = new Service(HERE, this.session, this.texts);

  /** Speaks the language of the page's user. */
  async speak() {
    const texts = await pageTextsFor(preferredLanguage());
    this.texts = texts;
    this.service.texts = texts;
    document.documentElement.lang = texts.locale;
    document.documentElement.dir = texts.direction;
    this.dispatchEvent(new Event('change'));
  }

  /** Speaks the language that the user has chosen. @param {string} language */
  choose(language) {
    remember(language);
    return this.speak();
  }

  /** The name to show for a user: empty without sign-in. @param {string} userId */
  nameOfUser(userId) {
    if (!this.session.signedIn) return '';
    const { sub, email } = this.session.claims;
    if (userId !== sub?.toLowerCase()) return userId;
    return email ? this.texts.say('youNamed', { email }) : this.texts.say('you');
  }
}

export const store = new Store();
