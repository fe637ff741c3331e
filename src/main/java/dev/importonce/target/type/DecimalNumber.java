package dev.importonce.target.type;

import java.math.BigDecimal;

/**
 * A number with decimals. It is never rounded.
 *
 * @param scale most decimals; null: any number of them
 * @param min the smallest one; null: any
 * @param max the largest one; null: any
 */
public record DecimalNumber(Integer scale, BigDecimal min, BigDecimal max) implements AmbiguousNumber {
    @Override
    public String normalise(String value, ValueRules rules) throws Refused {
        boolean anySize = min == null && max == null;
        if (anySize && rules.numbers().decimal() != Numbers.Sign.COMMA && Plain.isDecimal(value, scale)) return value;
        BigDecimal number = rules.numbers().number(value);
        if (scale != null
                && number.scale() > scale
                && number.stripTrailingZeros().scale() > scale) throw new Refused("too-many-decimals", scale);
        if (min != null && number.compareTo(min) < 0) throw new Refused("less-than-least", min.toPlainString());
        if (max != null && number.compareTo(max) > 0) throw new Refused("more-than-most", max.toPlainString());
        return number.toPlainString();
    }
}
