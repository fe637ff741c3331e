package dev.importonce.traffic;

import dev.importonce.identity.Caller;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.traffic.Places.Guest;
import java.util.UUID;

/** What all callers together may have at once, and what one of them may. Where nobody signs in, there is just one. */
final class Share {
    /** Who acts for nobody. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final int inAll;
    private final int ofOne;
    private final int waitingOfOne;
    private final String refusal;
    private final Places places;

    /**
     * @param waitingOfOne so many more of one caller may wait
     * @param refusal what is said to who waits in vain
     */
    Share(int inAll, int ofOne, int waitingOfOne, String refusal) {
        this.inAll = inAll;
        this.ofOne = Math.min(inAll, ofOne);
        this.waitingOfOne = waitingOfOne;
        this.refusal = refusal;
        places = new Places(inAll);
    }

    Places places() {
        return places;
    }

    Guest guest(Caller caller, Runnable admitted) {
        UUID user = caller.userId() == null ? NOBODY : caller.userId();
        return new Guest(user, caller.isLocal() ? inAll : ofOne, waitingOfOne, admitted);
    }

    ProblemException refused() {
        return new ProblemException(ProblemType.TOO_MANY_REQUESTS, refusal);
    }
}
