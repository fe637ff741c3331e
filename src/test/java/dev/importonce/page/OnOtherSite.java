package dev.importonce.page;

import org.junit.jupiter.api.AfterEach;

/** Tests with a page of somebody else, from another origin: it may ask its own site and the service, and nobody else. */
abstract class OnOtherSite extends InChromium {
    static final String BUTTON = "<import-once-button target=contacts></import-once-button>";

    OtherSite site;

    @AfterEach
    void closeSite() {
        if (site != null) site.close();
    }

    @Override
    boolean mayAsk(String url) {
        return site != null
                && (url.startsWith(site.address())
                        || url.startsWith(site.service())
                        || url.startsWith("blob:" + site.address()));
    }
}
