package dev.importonce.target.type;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A telephone number, stored as ITU-T E.164 has it: {@code +}, the country's code and the number, at most 15 digits. It must be
 * one that its country assigns (libphonenumber's data). Nothing in the cell is dropped: an extension, a second number or a word
 * refuses it. Letters on the keys (1-800-FLOWERS) are refused, too, since a word beside a number looks the same.
 *
 * @param region where a number without + and country code is (ISO 3166, two capital letters); null: such numbers are refused
 */
public record Phone(String region) implements Normaliser {
    private static final int LONGEST = 100;
    private static final int MOST_DIGITS = 15;
    private static final String LINK = "tel:";

    /** Fewer digits behind a slash are another ending (123456/57), not the rest of the number. */
    private static final int FEWEST_BEHIND_SLASH = 3;

    /** What is between digits: hyphens, dashes, dots, brackets, and one slash. Other scripts have forms of their own. */
    private static final Pattern BETWEEN =
            Pattern.compile("[\\p{Zs}().\\[\\]/\\-\u2010-\u2015\u2212\uff08\uff09\uff0d\uff0e\uff0f]");

    /** What begins an extension or a further number. */
    private static final String BEHIND = "#;,*~";

    /** Whether numbers of the region can be read. */
    public static boolean isRegion(String region) {
        return Library.NUMBERS.getSupportedRegions().contains(region);
    }

    @Override
    public String normalise(String value) throws Refused {
        if (value.length() > LONGEST) throw new Refused("phone-too-long");
        String bare = bare(value);
        String digits = digits(bare);
        if (!digits.startsWith("+") && region == null) throw new Refused("phone-without-country");
        PhoneNumber number = number(digits);
        String phone = e164(number);
        if (!Library.NUMBERS.isValidNumber(number) || phone.length() > MOST_DIGITS + 1) throw refused(number);
        Optional<String> other = withoutPlus(digits).filter(each -> !each.equals(phone));
        if (other.isPresent()) throw new Refused("phone-ambiguous", phone, other.get());
        return phone;
    }

    /** Without what people and programs put around a number: invisible characters, quotation marks and {@code tel:}. */
    private static String bare(String value) {
        String bare = trimmed(value);
        return bare.regionMatches(true, 0, LINK, 0, LINK.length()) ? trimmed(bare.substring(LINK.length())) : bare;
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.codePointAt(from))) from += Character.charCount(text.codePointAt(from));
        while (from < to && isAround(text.codePointBefore(to))) to -= Character.charCount(text.codePointBefore(to));
        return text.substring(from, to);
    }

    private static boolean isAround(int c) {
        return Characters.isUnseen(c) || Characters.isQuote(c);
    }

    /** The digits, in ASCII, and a + before them if the number has one. */
    private String digits(String bare) throws Refused {
        StringBuilder digits = new StringBuilder();
        int slash = -1;
        int c;
        for (int i = 0; i < bare.length(); i += Character.charCount(c)) {
            c = bare.codePointAt(i);
            int digit = Character.digit(c, 10);
            boolean plus = (c == '+' || c == '\uff0b') && digits.isEmpty();
            if (plus) digits.append('+');
            else if (digit >= 0) digits.append(digit);
            else if (!BETWEEN.matcher(Character.toString(c)).matches()) throw odd(bare, c);
            if (c != '/' && c != '\uff0f') continue;
            if (slash >= 0) throw severalNumbers();
            slash = digits.length();
        }
        if (slash >= 0 && digits.length() - slash < FEWEST_BEHIND_SLASH) throw severalNumbers();
        return digits.toString();
    }

    private Refused odd(String bare, int c) {
        boolean letter = Character.isLetter(c);
        if ((letter || BEHIND.indexOf(c) >= 0) && hasExtension(bare)) return new Refused("phone-extension");
        if (letter) return new Refused("phone-letters");
        if (c == '+' || BEHIND.indexOf(c) >= 0) return severalNumbers();
        return new Refused("phone-character", Characters.describe(c));
    }

    private boolean hasExtension(String bare) {
        try {
            return Library.NUMBERS.parse(bare, region).hasExtension();
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static Refused severalNumbers() {
        return new Refused("several-phones");
    }

    private PhoneNumber number(String digits) throws Refused {
        try {
            return Library.NUMBERS.parse(digits, region);
        } catch (NumberParseException e) {
            throw new Refused(
                    switch (e.getErrorType()) {
                        case INVALID_COUNTRY_CODE -> "phone-of-no-country";
                        case TOO_LONG -> "phone-too-many-digits";
                        default -> "phone-too-few-digits";
                    });
        }
    }

    private static Refused refused(PhoneNumber number) {
        String country = Library.NUMBERS.getRegionCodeForCountryCode(number.getCountryCode());
        return new Refused(
                switch (Library.NUMBERS.isPossibleNumberWithReason(number)) {
                    case IS_POSSIBLE_LOCAL_ONLY -> "phone-of-country-without-area";
                    case TOO_SHORT -> "phone-of-country-too-short";
                    case TOO_LONG -> "phone-of-country-too-long";
                    default -> "phone-of-country-unassigned";
                },
                country.length() == 2 ? country : "+" + number.getCountryCode());
    }

    /**
     * The number, if it begins with the region's country code and only its + is lost, as in a spreadsheet that took it for a
     * number. Where numbers have many lengths, this may be another one: 4930… is a number of +49 with and without it.
     */
    private Optional<String> withoutPlus(String digits) {
        if (digits.startsWith("+")) return Optional.empty();
        String code = String.valueOf(Library.NUMBERS.getCountryCodeForRegion(region));
        if (!digits.startsWith(code)) return Optional.empty();
        try {
            PhoneNumber number = Library.NUMBERS.parse("+" + digits, null);
            return Library.NUMBERS.isValidNumber(number) ? Optional.of(e164(number)) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static String e164(PhoneNumber number) {
        return Library.NUMBERS.format(number, PhoneNumberFormat.E164);
    }

    /** Initialised only for the first field that holds phone numbers; a country's data are read with its first number. */
    private static final class Library {
        static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

        private Library() {}
    }
}
