package dev.importonce.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Requests that get no answer until the test has seen what the page shows meanwhile. */
final class HeldBack {
    private final Page page;
    private final String addresses;
    private final List<Route> routes = new ArrayList<>();
    private final Consumer<Route> hold = routes::add;

    private HeldBack(Page page, String addresses) {
        this.page = page;
        this.addresses = addresses;
    }

    /** Those to the addresses that match, from now on. */
    static HeldBack of(Page page, String addresses) {
        HeldBack held = new HeldBack(page, addresses);
        page.route(addresses, held.hold);
        return held;
    }

    /** Lets them go, and all later ones. */
    void release() {
        page.unroute(addresses, hold);
        List.copyOf(routes).forEach(Route::resume);
    }
}
