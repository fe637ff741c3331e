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
            throw new Refused("not-a-web-address");
        }
        String scheme = address.getScheme();
        if (scheme == null || !scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http"))
            throw new Refused("web-address-scheme");
        if (address.getRawAuthority() == null) throw new Refused("web-address-host");
        return value;
    }
}
