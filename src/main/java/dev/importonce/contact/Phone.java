package dev.importonce.contact;

import dev.importonce.target.type.Normaliser;
import java.util.regex.Pattern;

/**
 * A phone number is stored as it is written. It is refused if a spreadsheet treated it as a number and has rounded it:
 * {@code 4.9E+11}.
 */
final class Phone implements Normaliser {
    private static final Pattern ROUNDED = Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}");

    @Override
    public String normalise(String value) throws Refused {
        if (ROUNDED.matcher(value).matches())
            throw new Refused(
                    "is a number whose digits are lost: format the column as text in the spreadsheet and save it"
                            + " again");
        return value;
    }
}
