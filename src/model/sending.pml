/*
 * The send queue: three messages, a process with three threads (or cron runs) and one with a single thread, of which one is
 * killed at any moment. Each process has one place for a request. claims.pml explains the words; check.sh searches every
 * interleaving.
 *
 *   a token        is the thread that holds the claim here: a thread is at one message at a time, and remembers no other.
 *   any message    is as good as another: the first due one is claimed, in the order of their numbers.
 *   slow           is who takes no step while its lease runs out; SLOW is how often that may happen.
 *
 * What must hold: no message is delivered twice; each of them ends; and one that ends in doubt is one of the two that a
 * killed process had begun at most, or its worker was slow.
 *
 * Faults that must be found, each a macro:
 *   RESEND             a message in doubt is sent again
 *   ATTEMPT_AFTERWARDS an attempt is recorded after its request
 *   NO_PLACES          a thread claims without a place: the claim of whatever it gets is an attempt
 *   PLACES_ONLY        attempts whose outcome is not recorded are not limited, only requests
 */

#ifndef SLOW
#define SLOW 1
#endif
#ifndef KILLS
#define KILLS 1
#endif
#define PLACES 1
#define MESSAGES 3
#define SINGLE 4            /* threads 1 to 3 are those of process 0 */
#define NOBODY 0

mtype = { pending, processing, sent, unknown };

typedef Message {
    mtype status;
    byte holder;
    bit attempted;
    bit expired;
}

Message message[MESSAGES];
byte delivered[MESSAGES];
byte unanswered[2];
byte unrecorded[2];
bit dead[2];
byte slow = SLOW;
byte kills = KILLS;

#define DUE(m) (message[m].status == pending || message[m].status == processing && message[m].expired)
#define NOTHING_DUE (!DUE(0) && !DUE(1) && !DUE(2))
#define ENDED(m) (message[m].status == sent || message[m].status == unknown)
#define ALL_ENDED (ENDED(0) && ENDED(1) && ENDED(2))
#define DOUBT(m) (message[m].status == unknown -> 1 : 0)
#define P (me == SINGLE -> 1 : 0)
#define PROCESS(holder) (holder == SINGLE -> 1 : 0)
#define DEAD(m) (dead[PROCESS(message[m].holder)])

#if defined(NO_PLACES)
#define FREE (true)
#elif defined(PLACES_ONLY)
#define FREE (unanswered[P] < PLACES)
#else
#define FREE (unanswered[P] < PLACES && unrecorded[P] < 2 * PLACES)
#endif

inline claim(n) {
    m = n;
    doubt = message[m].attempted;
    message[m].status = processing;
    message[m].holder = me;
    message[m].expired = 0;
#ifndef ATTEMPT_AFTERWARDS
    message[m].attempted = 1;
#endif
}

proctype thread(byte me) {
    byte m;
    bit doubt;

end_idle:
    if
    /* Places.take */
    :: atomic { !dead[P] && FREE && !ALL_ENDED -> unanswered[P]++; unrecorded[P]++ }
    :: atomic { dead[P] || ALL_ENDED -> goto over }
    fi;

    if
    /* SendClaims.CLAIM, SendClaims.CLAIM_WITHIN_RATE: with the record of the attempt; SendClaims.DUE only counts */
    :: atomic { !dead[P] && DUE(0) -> claim(0) }
    :: atomic { !dead[P] && !DUE(0) && DUE(1) -> claim(1) }
    :: atomic { !dead[P] && !DUE(0) && !DUE(1) && DUE(2) -> claim(2) }
    :: atomic { !dead[P] && NOTHING_DUE -> unanswered[P]--; unrecorded[P]--; goto end_idle }
    :: atomic { dead[P] -> goto over }
    fi;

    if
#ifdef RESEND
    :: atomic { !dead[P] ->
#else
    :: atomic { !dead[P] && doubt -> unanswered[P]--; goto settle }
    :: atomic { !dead[P] && !doubt ->
#endif
        delivered[m]++; assert(delivered[m] == 1) }
    :: atomic { dead[P] -> goto over }
    fi;

    if
    :: atomic { !dead[P] -> unanswered[P]--; message[m].attempted = 1 }
    :: atomic { dead[P] -> goto over }
    fi;

settle:
    if
    /* SendClaims.SETTLE */
    :: atomic { !dead[P] ->
        if
        :: message[m].status == processing && message[m].holder == me ->
            message[m].status = (doubt -> unknown : sent);
            message[m].expired = 0
        :: else
        fi;
        unrecorded[P]--;
        goto end_idle }
    :: atomic { dead[P] -> goto over }
    fi;
over:
    skip
}

#define RUNS_OUT(m) (message[m].status == processing && !message[m].expired && (DEAD(m) || slow > 0))

inline runOut(m) {
    if :: DEAD(m) :: else -> slow-- fi;
    message[m].expired = 1
}

/* What happens without a thread's doing; SendClaims.EXTEND is why a lease does not run out while its holder is not slow. */
proctype nature() {
end_nature:
    do
    :: atomic { RUNS_OUT(0) -> runOut(0) }
    :: atomic { RUNS_OUT(1) -> runOut(1) }
    :: atomic { RUNS_OUT(2) -> runOut(2) }
    :: atomic { kills > 0 -> kills--; dead[0] = 1 }
    :: atomic { kills > 0 -> kills--; dead[1] = 1 }
    od
}

/* When nothing can move any more */
proctype finally() {
    timeout;
    assert(ALL_ENDED);
    assert(DOUBT(0) + DOUBT(1) + DOUBT(2) <= 2 * PLACES * (KILLS - kills) + SLOW - slow)
}

init {
    byte i;
    atomic {
        for (i : 0 .. MESSAGES - 1) { message[i].status = pending }
        i = 0;
        run thread(1);
        run thread(2);
        run thread(3);
        run thread(SINGLE);
        run nature();
        run finally()
    }
}
