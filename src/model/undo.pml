/*
 * The undo of one completed job: asked for by two callers, worked share by share by two workers as the chunks of an
 * import are (claims.pml, whose words hold here, too), given up, asked for again, and a clean-up that takes away what
 * it needs. check.sh searches every interleaving of it.
 *
 * Faults that must be found, each a macro:
 *   NO_FENCING         a checkpoint does not ask for token and status of its chunk
 *   NO_JOB_LOCK        a checkpoint does not lock the job's row first
 *   ASK_TWICE          an undo that is under way does not stand in the way of a second one
 *   STOP_NOBODY        an undo that is given up leaves its other chunks as they are
 *   SWEEP_ALWAYS       the clean-up does not look whether an undo is under way
 */

#define SHARES 2
#ifndef FAULTS
#define FAULTS 2
#endif
#ifndef ASKS
#define ASKS 3              /* how often callers may ask in all */
#endif
#define MAX_ATTEMPTS 2

#define NOBODY 0
#define CALLER 3            /* workers are 1 and 2, callers 3 and 4 */
#define SWEEPER 5
#define NONE 7

mtype = { absent, pending, processing, done, cancelled };

typedef Chunk {
    mtype status;
    byte token;
    byte attempts;
    bit expired;
    byte lock;
}

/* The job's row; its status is completed all the time. */
bit images = 1;
bit requested;
bit failed;
bit undone;
byte jobLock;
Chunk chunk[SHARES];

/* Before-images by share: there, and by whom they are deleted but not committed. */
bit there[SHARES];
byte taker[SHARES];

byte mine[3];
byte token[3];

byte applied[SHARES];
byte faults = FAULTS;
byte asks = ASKS;

#define UNDOING (requested && !undone && !failed)
#define DUE(c) ((chunk[c].status == pending || chunk[c].status == processing && chunk[c].expired) && chunk[c].lock == NOBODY)
#define UNLOCKED (chunk[0].lock == NOBODY && chunk[1].lock == NOBODY)
#define ALL_DONE_BUT(c) ((c == 0 || chunk[0].status == done) && (c == 1 || chunk[1].status == done))
#define REMEMBERED(c, t) (mine[1] == c && token[1] == t || mine[2] == c && token[2] == t)
#define FRESH(c) (!REMEMBERED(c, 0) -> 0 : (!REMEMBERED(c, 1) -> 1 : 2))
#define HOLDS(w, c) (mine[w] == c && token[w] == chunk[c].token)
#define CLAIMED(w) (mine[w] != NONE && HOLDS(w, mine[w]) && chunk[mine[w]].status == processing)

#ifdef NO_FENCING
#define FENCE(w, c) true
#else
#define FENCE(w, c) (HOLDS(w, c) && chunk[c].status == processing)
#endif

#define KILLED faults > 0 -> goto killed
#define KILLED_OR_ERROR faults > 0 -> goto broken

inline rollback(w) {
    if :: jobLock == w -> jobLock = NOBODY :: else fi;
    for (i : 0 .. SHARES - 1) {
        if :: chunk[i].lock == w -> chunk[i].lock = NOBODY :: else fi;
        if :: taker[i] == w -> taker[i] = NOBODY; there[i] = 1 :: else fi
    }
    i = 0
}

proctype worker(byte me) {
    byte c, i;
    bit lastTry, last;

idle:
end_idle:
    atomic {
        /* ChunkClaims.CLAIM */
        if
        :: DUE(0) -> c = 0
        :: DUE(1) -> c = 1
        fi;
        mine[me] = c;
        token[me] = FRESH(c);
        chunk[c].status = processing;
        chunk[c].token = token[me];
        chunk[c].attempts++;
        chunk[c].expired = 0;
        lastTry = chunk[c].attempts >= MAX_ATTEMPTS
    }

    if
    /* UndoStatement.LOCKED, UndoStatement.UNDO, DeclaredUndo.CLEAR: takes its share's before-images, or waits for whoever has */
    :: atomic { taker[c] == NOBODY -> if :: there[c] -> taker[c] = me; there[c] = 0 :: else fi }
    :: atomic { KILLED_OR_ERROR }
    fi;

    if
    /* UndoCheckpoint.LOCK_JOB */
#ifdef NO_JOB_LOCK
    :: atomic { if :: UNDOING :: else -> goto fenced fi }
#else
    :: atomic { jobLock == NOBODY -> if :: UNDOING -> jobLock = me :: else -> goto fenced fi }
#endif
    :: atomic { KILLED_OR_ERROR }
    fi;

    if
    /* UndoCheckpoint.DONE */
    :: atomic { chunk[c].lock == NOBODY -> if :: FENCE(me, c) -> chunk[c].lock = me :: else -> goto fenced fi }
    :: atomic { KILLED_OR_ERROR }
    fi;

    if
    /* UndoCheckpoint.FINISH */
    :: atomic { last = ALL_DONE_BUT(c) }
    :: atomic { KILLED_OR_ERROR }
    fi;

    if
    /* commit */
    :: atomic {
        assert(UNDOING);
        assert(taker[c] == me);
        applied[c]++;
        assert(applied[c] == 1);
        taker[c] = NOBODY;
        chunk[c].status = done; chunk[c].expired = 0;
        if :: last -> undone = 1; images = 0 :: else fi;
        rollback(me);
        if :: goto forget :: faults > 0 -> goto answerLost fi }
    :: atomic { KILLED_OR_ERROR }
    fi;

error:
    if
    :: !lastTry ->
        if
        /* ChunkClaims.RELEASE */
        :: atomic { !CLAIMED(me) || chunk[c].lock == NOBODY ->
            if :: CLAIMED(me) -> chunk[c].status = pending; chunk[c].expired = 0 :: else fi;
            goto forget }
        :: atomic { KILLED }
        fi
    :: else ->
        if
        /* UndoCheckpoint.LOCK_JOB, UndoCheckpoint.FAIL */
        :: atomic { jobLock == NOBODY -> if :: UNDOING && CLAIMED(me) -> jobLock = me :: else -> goto forget fi }
        :: atomic { KILLED }
        fi;
        if
        /* UndoCheckpoint.STOP_CHUNKS, commit */
        :: atomic { UNLOCKED ->
            assert(chunk[c].status != done);
            failed = 1;
#ifdef STOP_NOBODY
            chunk[c].status = cancelled; chunk[c].token = FRESH(c);
#else
            for (i : 0 .. SHARES - 1) {
                if
                :: chunk[i].status != done ->
                    chunk[i].status = cancelled; chunk[i].expired = 0; chunk[i].token = FRESH(i)
                :: else
                fi
            }
            i = 0;
#endif
            jobLock = NOBODY;
            goto forget }
        :: atomic { KILLED }
        fi
    fi;

    /* Jumps from one atomic sequence into another stay atomic. */
    atomic {
        false;
fenced:
        rollback(me);
        goto forget;
broken:
        if :: goto killed :: true fi;
        rollback(me);
answerLost:
        faults--;
        goto error;
killed:
        faults--; rollback(me);
forget:
        mine[me] = NONE; token[me] = 0; c = 0; lastTry = 0; last = 0;
        goto idle
    }
}

proctype caller(byte me) {
    byte i;
idle:
end_idle:
    /* UndoJob.ASK */
#ifdef ASK_TWICE
    atomic { asks > 0 && jobLock == NOBODY -> asks--; if :: images && !undone -> jobLock = me :: else -> goto idle fi }
#else
    atomic { asks > 0 && jobLock == NOBODY ->
        asks--;
        if :: images && !undone && (!requested || failed) -> jobLock = me :: else -> goto idle fi }
#endif
    /* UndoJob.CUT, commit */
    if
    :: atomic { UNLOCKED ->
        assert(!UNDOING);
        requested = 1; failed = 0;
        for (i : 0 .. SHARES - 1) {
            if
            :: chunk[i].status != done ->
                chunk[i].status = pending; chunk[i].expired = 0; chunk[i].attempts = 0; chunk[i].token = FRESH(i)
            :: else
            fi
        }
        i = 0;
        jobLock = NOBODY }
    :: atomic { faults > 0 -> faults--; jobLock = NOBODY }
    fi;
    goto idle
}

/* Thirty days later, or never. That nobody is in the middle of a share then, UndoStep's transaction sees to, whose time is limited. */
proctype sweeper() {
    if
    /* BeforeImages.EXPIRED, which looks for it, and BeforeImages.LET_GO */
#ifdef SWEEP_ALWAYS
    :: atomic { jobLock == NOBODY && images && taker[0] == NOBODY && taker[1] == NOBODY -> jobLock = SWEEPER }
#else
    :: atomic { jobLock == NOBODY && images && (!requested || failed) && taker[0] == NOBODY && taker[1] == NOBODY ->
        jobLock = SWEEPER }
#endif
    /* Or by the clock, before UndoJob.ASK */
    :: goto over
    fi;
    /* DeclaredUndo.FORGET, commit */
    atomic { images = 0; there[0] = 0; there[1] = 0; jobLock = NOBODY };
over:
    skip
}

#define RUNS_OUT(c) (chunk[c].status == processing && !chunk[c].expired && (faults > 0 || !HELD(c)))
#define HELD(c) (HOLDS(1, c) || HOLDS(2, c))
#define UNTOUCHED(w) (CLAIMED(w) && chunk[mine[w]].lock == NOBODY)

inline runOut(c) {
    if :: HELD(c) -> faults-- :: else fi;
    chunk[c].expired = 1
}

inline giveBack(c) {
    faults--;
    chunk[c].status = pending; chunk[c].expired = 0; chunk[c].attempts--
}

proctype nature() {
end_nature:
    do
    :: atomic { RUNS_OUT(0) -> runOut(0) }
    :: atomic { RUNS_OUT(1) -> runOut(1) }
    /* ChunkClaims.EXTEND */
    :: atomic { UNTOUCHED(1) && chunk[mine[1]].expired -> chunk[mine[1]].expired = 0 }
    :: atomic { UNTOUCHED(2) && chunk[mine[2]].expired -> chunk[mine[2]].expired = 0 }
    /* ChunkClaims.RELEASE: the process is to end */
    :: atomic { faults > 0 && UNTOUCHED(1) -> giveBack(mine[1]) }
    :: atomic { faults > 0 && UNTOUCHED(2) -> giveBack(mine[2]) }
    od
}

/* When nothing can move any more: undone whole, or given up and open to be asked for, or never begun. */
proctype finally() {
    timeout;
    assert(!UNDOING);
    assert(jobLock == NOBODY && UNLOCKED && taker[0] == NOBODY && taker[1] == NOBODY);
    assert(!undone || applied[0] == 1 && applied[1] == 1 && !failed);
    assert(!failed || !DUE(0) && !DUE(1));
    assert(!images || undone || there[0] + applied[0] == 1 && there[1] + applied[1] == 1)
}

init {
    atomic {
        chunk[0].status = absent; chunk[1].status = absent;
        there[0] = 1; there[1] = 1;
        mine[0] = NONE; mine[1] = NONE; mine[2] = NONE;
        run worker(1);
        run worker(2);
        run caller(CALLER);
        run caller(CALLER + 1);
        run sweeper();
        run nature();
        run finally()
    }
}
