package dev.importonce.contact;

import dev.importonce.target.declare.DeclaredTarget;
import dev.importonce.target.declare.Target;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Contacts as a target of imports: one per organisation and e-mail address. */
class ContactTarget {
    private static final String DECLARATION = "/dev/importonce/contact/contacts.json";

    @Produces
    @Singleton
    Target contacts() {
        return DeclaredTarget.shipped(DECLARATION);
    }
}
