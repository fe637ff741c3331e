package dev.importonce.target.type;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A whole number.
 *
 * @param min the smallest one
 * @param max the largest one
 */
public record WholeNumber(BigInteger min, BigInteger max) implements AmbiguousNumber {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        Long plain = Plain.whole(value);
        if (plain != null && isBetween(BigInteger.valueOf(plain))) return plain.toString();
        BigDecimal number = rules.numbers().find(value);
        if (number != null && rules.numbers().mayBeRounded(value, number)) throw new Refused("rounded-number");
        boolean fits = number != null && number.stripTrailingZeros().scale() <= 0 && isBetween(number.toBigInteger());
        if (!fits) throw new Refused("not-a-whole-number", min, max);
        return number.toBigInteger().toString();
    }

    private boolean isBetween(BigInteger number) {
        return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
    }
}
