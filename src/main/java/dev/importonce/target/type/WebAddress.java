package dev.importonce.target.type;

import java.net.URI;
import java.net.URISyntaxException;

/** An absolute http or https address (RFC 3986); it is stored as it is written. */
public final class WebAddress implements Normaliser {
    @Override
    public String normalise(String value) throws Refused {
        URI address;
        try {
            address = new URI(value);
        } catch (URISyntaxException e) {
            throw new Refused("is not a web address");
        }
        String scheme = address.getScheme();
        if (scheme == null || !scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http"))
            throw new Refused("does not begin with https:// or http://");
        if (address.getRawAuthority() == null) throw new Refused("has no host");
        return value;
    }
}
