package dev.importonce.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.target.declare.Suggestion;
import dev.importonce.target.declare.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which columns of the exports that people have are suggested for contacts. */
class ContactSuggestionTest {
    private static final Target CONTACTS = new ContactTarget().contacts();

    private static final String GOOGLE = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
            + "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
            + "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
            + "E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,"
            + "Address 1 - Formatted,Website 1 - Label,Website 1 - Value";

    private static final String OLD_GOOGLE = "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,"
            + "Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,"
            + "Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
            + "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,"
            + "E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Organization 1 - Type,"
            + "Organization 1 - Yomi Name,Organization 1 - Name,Organization 1 - Title";

    private static final String HUBSPOT = "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,"
            + "Last Activity Date,Lead Status,Marketing contact status,Create Date,Associated Company IDs,"
            + "Primary Associated Company ID,Associated Company,Company owner,Email Domain";

    private static final String SALESFORCE = "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,"
            + "Mailing City,Mailing Zip/Postal Code,Phone,Fax,Mobile,Email,Account Owner,Account Owner: Email,Created By,"
            + "Last Activity,Contact ID,Account ID";

    private static final String SALESFORCE_OBJECTS =
            "Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Salutation,"
                    + "MailingStreet,Phone,Fax,MobilePhone,HomePhone,AssistantPhone,ReportsToId,Email,Title,OwnerId,CreatedDate,"
                    + "CreatedById,LastModifiedById,EmailBouncedReason";

    private static final String OUTLOOK =
            "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,"
                    + "E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,"
                    + "Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Company Main Phone,Assistant's Phone,"
                    + "Company,Job Title,Department,Manager's Name,Assistant's Name";

    private static final String PIPEDRIVE =
            "Person - ID,Person - Label,Person - Owner,Person - Name,Person - First name,"
                    + "Person - Last name,Person - Organization ID,Person - Organization,Person - Email - Work,Person - Email - Home,"
                    + "Person - Phone - Work,Person - Phone - Home,Person - Last activity date,Person - Last email received";

    private static final String ZOHO = "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,"
            + "Account Name.id,Account Name,Vendor Name.id,Vendor Name,Email,Secondary Email,Title,Department,Phone,"
            + "Home Phone,Mobile,Created By.id,Created By,Modified By,Last Activity Time,Email Opt Out";

    private static final String MAILCHIMP = "Email Address,First Name,Last Name,Address,Phone Number,Birthday,Company,"
            + "MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS";

    @Test
    void google_contacts() {
        Map<String, String> expected = Map.of(
                "email", "E-mail 1 - Value",
                "firstName", "First Name",
                "lastName", "Last Name",
                "phone", "Phone 1 - Value",
                "company", "Organization Name");
        assertEquals(
                expected,
                of(
                        GOOGLE,
                        Map.of("E-mail 1 - Label", "* Work", "E-mail 1 - Value", "a@a.example ::: b@a.example"),
                        Map.of("E-mail 2 - Value", "c@a.example", "Phone 1 - Label", "Mobile")));
        assertEquals(expected, of(GOOGLE));
    }

    @Test
    void google_contacts_of_before_2024() {
        assertEquals(
                Map.of(
                        "email", "E-mail 1 - Value",
                        "firstName", "Given Name",
                        "lastName", "Family Name",
                        "phone", "Phone 1 - Value",
                        "company", "Organization 1 - Name"),
                of(OLD_GOOGLE, Map.of("E-mail 1 - Type", "* Home", "E-mail 1 - Value", "a@a.example")));
    }

    @Test
    void a_second_address_is_taken_only_with_clearly_more_values() {
        List<String> columns = List.of("E-mail 1 - Value", "E-mail 2 - Value");
        assertEquals(
                Map.of("email", "E-mail 1 - Value"),
                Suggestion.of(
                        CONTACTS,
                        columns,
                        List.of(List.of("a@x.example", "b@x.example"), List.of("", "c@x.example"), List.of("", ""))));
        assertEquals(
                Map.of("email", "E-mail 2 - Value"),
                Suggestion.of(
                        CONTACTS,
                        columns,
                        List.of(List.of("", "b@x.example"), List.of("", "c@x.example"), List.of("", "d@x.example"))));
    }

    @Test
    void hubspot() {
        assertEquals(
                Map.of(
                        "email", "Email",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Phone Number",
                        "company", "Associated Company"),
                of(HUBSPOT, Map.of("Email", "ann@a.example", "Primary Associated Company ID", "99")));
    }

    @Test
    void salesforce() {
        assertEquals(
                Map.of(
                        "email", "Email",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Phone",
                        "company", "Account Name"),
                of(SALESFORCE, Map.of("Email", "ann@a.example", "Account Owner: Email", "boss@a.example")));
        assertEquals(
                Map.of("email", "Email", "firstName", "FirstName", "lastName", "LastName", "phone", "Phone"),
                of(SALESFORCE_OBJECTS, Map.of("Email", "ann@a.example")));
    }

    @Test
    void outlook() {
        assertEquals(
                Map.of(
                        "email", "E-mail Address",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Mobile Phone",
                        "company", "Company"),
                of(OUTLOOK, Map.of("E-mail Address", "a@a.example", "E-mail 2 Address", "b@a.example")));
    }

    @Test
    void pipedrive() {
        assertEquals(
                Map.of(
                        "email", "Person - Email - Work",
                        "firstName", "Person - First name",
                        "lastName", "Person - Last name",
                        "phone", "Person - Phone - Work",
                        "company", "Person - Organization"),
                of(PIPEDRIVE, Map.of("Person - Email - Work", "ann@a.example")));
    }

    @Test
    void a_date_is_no_name() {
        assertEquals(
                Map.of("email", "Email", "company", "Nome azienda"),
                of("Email,Last activity,First conversion,Nome azienda"));
    }

    @Test
    void zoho() {
        assertEquals(
                Map.of(
                        "email", "Email",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Phone",
                        "company", "Account Name"),
                of(ZOHO, Map.of("Email", "ann@a.example", "Email Opt Out", "false")));
    }

    @Test
    void mailchimp() {
        assertEquals(
                Map.of(
                        "email", "Email Address",
                        "firstName", "First Name",
                        "lastName", "Last Name",
                        "phone", "Phone Number",
                        "company", "Company"),
                of(MAILCHIMP, Map.of("Email Address", "ann@a.example")));
    }

    @Test
    void an_owner_is_never_taken_for_the_contact() {
        assertEquals(
                Map.of("email", "Kontakt"),
                of("Owner Email,Kontakt", Map.of("Owner Email", "boss@a.example", "Kontakt", "ann@a.example")));
        assertEquals(
                Map.of("email", "E-mail 1 - Value"),
                of("Owner Email,E-mail 1 - Value", Map.of("Owner Email", "boss@a.example")));
        assertEquals(Map.of(), of("Owner Email,Manager Phone,Company owner,Erstellt von E-Mail"));
    }

    @Test
    void a_number_of_a_phone_is_one_and_that_of_a_company_is_none() {
        assertEquals(Map.of("phone", "Telefon-Nr. privat"), of("Firma Nr.,Company Code,Telefon-Nr. privat"));
        assertEquals(Map.of("phone", "Work Phone Number"), of("companyId,Company number,Phone type,Work Phone Number"));
    }

    @SafeVarargs
    private static Map<String, String> of(String columns, Map<String, String>... rows) {
        List<String> header = Arrays.asList(columns.split(","));
        List<List<String>> sample = new ArrayList<>();
        for (Map<String, String> row : rows) {
            List<String> cells = new ArrayList<>(Collections.nCopies(header.size(), ""));
            row.forEach((column, value) -> cells.set(header.indexOf(column), value));
            sample.add(cells);
        }
        return Suggestion.of(CONTACTS, header, sample);
    }
}
