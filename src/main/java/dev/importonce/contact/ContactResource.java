package dev.importonce.contact;

import dev.importonce.identity.CurrentCaller;
import dev.importonce.identity.Role;
import dev.importonce.paging.Cursor;
import dev.importonce.paging.Limit;
import dev.importonce.paging.Page;
import dev.importonce.problem.Answers;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.target.type.Cells;
import dev.importonce.target.type.Email;
import dev.importonce.target.type.Normaliser;
import dev.importonce.words.Sentence;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An organisation's contacts. */
@Path("/api/contacts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contacts")
@RolesAllowed({Role.USER, Role.SERVICE})
class ContactResource {
    private static final Email EMAIL = new Email();
    private static final int LONGEST_PART = 254;

    private final CurrentCaller caller;
    private final Contacts contacts;

    ContactResource(CurrentCaller caller, Contacts contacts) {
        this.caller = caller;
        this.contacts = contacts;
    }

    @GET
    @Operation(
            operationId = "listContacts",
            summary =
                    "Contacts in the order of their addresses: all, the one with an address, those whose address begins like"
                            + " search, or those with a text in their names, company or address")
    @Answers(ProblemType.INVALID_PARAMETER)
    public Page<Contact> list(
            @QueryParam("orgId") String orgId,
            @QueryParam("email") String email,
            @QueryParam("search") String search,
            @QueryParam("containing") String containing,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Limit.of(limit);
        UUID org = organisation(orgId);
        String after = cursor == null ? "" : Cursor.read(cursor, 1).get(0);
        List<Contact> found;
        if (email != null) found = withEmail(org, email);
        else if (search != null) found = beginning(org, search, after, most + 1);
        else if (containing != null) found = containing(org, containing, after, most + 1);
        else found = contacts.all(org, after, most + 1);
        return Page.of(found, most, contact -> Cursor.write(contact.email()));
    }

    private List<Contact> beginning(UUID org, String search, String after, int limit) {
        String prefix = Cells.clean(search).toLowerCase(Locale.ROOT);
        // No address can contain this.
        return prefix.indexOf('\0') >= 0 ? List.of() : contacts.beginning(org, prefix, after, limit);
    }

    private List<Contact> containing(UUID org, String text, String after, int limit) {
        String part = Cells.clean(text);
        if (part.length() > LONGEST_PART)
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, Sentence.of("must-have-at-most", "containing", LONGEST_PART));
        // No contact can contain this.
        return part.indexOf('\0') >= 0 ? List.of() : contacts.containing(org, part, after, limit);
    }

    private List<Contact> withEmail(UUID org, String email) {
        try {
            return contacts.withEmail(org, EMAIL.normalise(Cells.clean(email)));
        } catch (Normaliser.Refused e) {
            // No stored contact can match this.
            return List.of();
        }
    }

    private UUID organisation(String orgId) {
        try {
            return caller.get().visibleOrganisation(orgId == null ? null : UUID.fromString(orgId));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, Sentence.of("must-be-uuid", "orgId"));
        }
    }
}
