/*
 * The claim protocol of import chunks: how the chunks of one job are claimed, worked, checkpointed, rescued and ended
 * by three workers, of which some are slow, frozen, killed or given an error by the database, and by somebody who
 * cancels. check.sh searches every interleaving of it.
 *
 * A transition is named after the SQL statement it stands for; ClaimModelTest holds these names to the code.
 *
 *   a step         is a statement, as READ COMMITTED has it: it sees what is committed when it starts, waits for rows
 *                  that others have locked, and looks again at what it waited for. A transaction of one statement about
 *                  one row (claim, start, extend, release) is one step with its commit.
 *   a transaction  keeps its writes to itself and its row locks (jobLock, lock, holder) up to the step that commits them
 *                  or rolls them back. Between any two steps the others may take any number of theirs.
 *   slow, frozen   is who takes no step while others do: its lease may run out at any moment.
 *   killed         may be anyone at any step: its transaction is rolled back, its lease runs out by itself. What was claimed
 *                  and never settled is put off, then worked alone; if its worker is killed then, too, it is given up.
 *   an error       may come of any step, also of a commit that did take place: an answer that got lost.
 *   a crash        of the database ends all transactions, empties staging, and may undo the last lazy commits.
 *   a token        is any number that no worker remembers for that chunk. That is what counting up is good for, and it
 *                  keeps the number of states finite.
 *
 * FAULTS is how many slow moments, kills, errors and hand-backs there may be in all, CRASHES how many crashes. Turn and
 * backoff are left open: any due chunk may be claimed next, at any time.
 *
 * Checked are the assertions, and that every run ends, by two searches that need no assumption of fairness: there is
 * no cycle (pan -l with no label of progress anywhere), and where nothing can move any more the job has ended
 * (`finally`).
 *
 * Faults that must be found, each a macro:
 *   NO_FENCING            a checkpoint does not ask for token and status of its chunk
 *   NO_JOB_LOCK           a checkpoint does not lock the job's row first
 *   MERGE_EARLY           the first block that is read opens the shares, and a merge does not look for missing blocks
 *   CANCEL_KEEPS_TOKENS   cancel and fail leave the tokens as they are. By itself that is harmless, as a checkpoint
 *                         also asks for the status of chunk and job; TOKENS_ONLY takes these two away
 *   UNFENCED_RESET        whoever finds blocks missing sends the job back to reading, also when the claim is lost
 *   COUNT_ROWS            a merge counts rows, not blocks: what another merge of a former reading let go is too many
 *   LAX_FAIL              the last resort asks for the token only, and when its statement starts: the chunk may be done
 */

#ifndef BLOCKS
#define BLOCKS 2            /* chunks that read; the others merge a share each */
#endif
#ifndef SHARES
#define SHARES 1
#endif
#define CHUNKS (BLOCKS + SHARES)
#ifndef FAULTS
#define FAULTS 1
#endif
#ifndef CRASHES
#define CRASHES 0
#endif
#define MAX_ATTEMPTS 2      /* few, so that FAULTS are enough for the last resort */
#define SUSPICIOUS 1        /* claims that were never settled: it is worked alone from then on */
#define PROOF 1             /* of those, the ones worked alone: it is given up */

#define NOBODY 0
#define CANCELLER 4         /* workers are 1 to 3 */
#define NONE 7

mtype = { waiting, pending, processing, done, cancelled, completed, failed, reading, merging };

/* ---- What is committed, and who has locked it ---- */

typedef Chunk {
    mtype status;
    byte token;
    byte attempts;          /* without those that were never settled */
    byte deaths;            /* claims that were never settled */
    byte deathsAlone;
    bit alone;
    bit expired;            /* in processing: due_at <= now() */
    bit figure;             /* its rows are in its figures */
    byte lock;
}

mtype job = pending;
mtype step = reading;
byte figures;               /* of the job, when it has ended */
byte jobLock;
Chunk chunk[CHUNKS];

/* Staging by share and block: rows that are free, and rows that the merge of the share has deleted but not committed. */
byte staged[SHARES * BLOCKS];
byte held[SHARES * BLOCKS];
byte holder[SHARES];

/* ---- What a worker knows ---- */

byte mine[5];               /* the chunk it has claimed, or NONE */
byte token[5];
bit cut[5];                 /* a crash has ended its transaction */

/* ---- For the search ---- */

byte applied[CHUNKS];       /* how often the chunk's rows were committed; a block's: since the last reset */
byte faults = FAULTS;
byte crashes = CRASHES;
byte lazy;                  /* commits that a crash may still undo, the latest last: a block's, or the job's start (NONE) */
byte lazily[3];

#define ENDED (job == completed || job == failed || job == cancelled)
#define DUE(c) ((chunk[c].status == pending || chunk[c].status == processing && chunk[c].expired) && chunk[c].lock == NOBODY)
#define DONE_BUT(i, c) (i == c || chunk[i].status == done)
#define IS_BLOCK(c) ((c) < BLOCKS)
#define SHARE(c) ((c) - BLOCKS)
#define CELL(share, block) ((share) * BLOCKS + (block))

#if BLOCKS + SHARES == 4
#define ALL_DONE_BUT(c) (DONE_BUT(0, c) && DONE_BUT(1, c) && DONE_BUT(2, c) && DONE_BUT(3, c))
#define SUM_OF_FIGURES (chunk[0].figure + chunk[1].figure + chunk[2].figure + chunk[3].figure)
#define UNLOCKED (chunk[0].lock + chunk[1].lock + chunk[2].lock + chunk[3].lock == 0)
#else
#define ALL_DONE_BUT(c) (DONE_BUT(0, c) && DONE_BUT(1, c) && DONE_BUT(2, c))
#define SUM_OF_FIGURES (chunk[0].figure + chunk[1].figure + chunk[2].figure)
#define UNLOCKED (chunk[0].lock + chunk[1].lock + chunk[2].lock == 0)
#endif

#if BLOCKS == 2
#define ALL_READ_BUT(c) (DONE_BUT(0, c) && DONE_BUT(1, c))
#define EVERY_BLOCK(s, n) (held[CELL(s, 0)] n && held[CELL(s, 1)] n)
#define FREE_ROWS(s) (staged[CELL(s, 0)] + staged[CELL(s, 1)])
#define HELD_ROWS(s) (held[CELL(s, 0)] + held[CELL(s, 1)])
#else
#define ALL_READ_BUT(c) DONE_BUT(0, c)
#define EVERY_BLOCK(s, n) (held[CELL(s, 0)] n)
#define FREE_ROWS(s) staged[CELL(s, 0)]
#define HELD_ROWS(s) held[CELL(s, 0)]
#endif

#define REMEMBERED(c, t) (mine[1] == c && token[1] == t || mine[2] == c && token[2] == t || mine[3] == c && token[3] == t)
#define FRESH(c) (!REMEMBERED(c, 0) -> 0 : (!REMEMBERED(c, 1) -> 1 : (!REMEMBERED(c, 2) -> 2 : 3)))
#define HOLDS(w, c) (mine[w] == c && token[w] == chunk[c].token)
#define CLAIMED(w) (mine[w] != NONE && HOLDS(w, mine[w]) && chunk[mine[w]].status == processing)

/* Idle workers are all alike, so let the first of them claim: that only leaves out what renaming them would give. */
#define FIRST_IDLE(w) ((w == 1 || mine[1] != NONE) && (w != 3 || mine[2] != NONE))

#if defined(NO_FENCING)
#define FENCE(w, c) true
#elif defined(TOKENS_ONLY)
#define FENCE(w, c) HOLDS(w, c)
#else
#define FENCE(w, c) (HOLDS(w, c) && chunk[c].status == processing)
#endif

/* What a merge finds out when it has taken its rows */
#if defined(MERGE_EARLY)
#define STAGING_LOST(w, s) false
#elif defined(COUNT_ROWS)
#define STAGING_LOST(w, s) (holder[s] != w || HELD_ROWS(s) != BLOCKS)
#else
#define STAGING_LOST(w, s) (holder[s] != w || !EVERY_BLOCK(s, > 0))
#endif

#if CRASHES > 0
#define INTACT(w) !cut[w]
#define COMMIT_LAZILY(c) if :: crashes > 0 -> lazily[lazy] = c; lazy++ :: else fi
#define COMMIT lazy = 0; lazily[0] = 0; lazily[1] = 0; lazily[2] = 0
#else
#define INTACT(w) true
#define COMMIT_LAZILY(c) skip
#define COMMIT skip
#endif

/* What any step may come to instead */
#define KILLED faults > 0 -> goto killed
#define KILLED_OR_ERROR faults > 0 -> goto broken
#define CUT(w) cut[w] -> goto cutOff

inline unlock(w) {
    if :: jobLock == w -> jobLock = NOBODY :: else fi;
    for (i : 0 .. CHUNKS - 1) { if :: chunk[i].lock == w -> chunk[i].lock = NOBODY :: else fi }
    i = 0
}

inline rollback(w) {
    cut[w] = 0;
    for (s : 0 .. SHARES - 1) {
        if
        :: holder[s] == w ->
            holder[s] = NOBODY;
            for (i : 0 .. BLOCKS - 1) { staged[CELL(s, i)] = staged[CELL(s, i)] + held[CELL(s, i)]; held[CELL(s, i)] = 0 }
        :: else
        fi
    }
    s = 0;
    unlock(w)
}

inline lockChunksNotDone(w, orRead) {
    for (i : 0 .. CHUNKS - 1) { if :: chunk[i].status != done || orRead && IS_BLOCK(i) -> chunk[i].lock = w :: else fi }
    i = 0
}

/* DeclaredTarget.DISCARD: all but what a merge has locked */
inline discard() {
    for (i : 0 .. SHARES * BLOCKS - 1) { staged[i] = 0 }
    i = 0
}

/* Cancel and fail. `entitled`: whether EndJob.END finds the chunk for whose sake the job is given up. */
inline endJob(w, entitled, outcome) {
    if
    /* EndJob.LOCK_JOB, EndJob.END */
    :: atomic { jobLock == NOBODY -> if :: !ENDED && entitled -> jobLock = w :: else -> goto over fi }
    :: atomic { KILLED }
    fi;
    if
    /* EndJob.STOP_CHUNKS */
    :: atomic { INTACT(w) && UNLOCKED -> lockChunksNotDone(w, false) }
    :: atomic { KILLED }
    :: atomic { cut[w] -> goto over }
    fi;
    if
    /* EndJob.KEEP_FIGURES, DeclaredTarget.DISCARD, commit */
    :: atomic { INTACT(w) ->
        assert(outcome == cancelled || chunk[mine[w]].status != done);
        job = outcome;
        for (i : 0 .. CHUNKS - 1) {
            if
            :: chunk[i].lock == w ->
                chunk[i].status = cancelled; chunk[i].expired = 0;
#ifndef CANCEL_KEEPS_TOKENS
                chunk[i].token = FRESH(i)
#endif
            :: else
            fi
        }
        figures = SUM_OF_FIGURES;
        discard();
        unlock(w);
        COMMIT }
    :: atomic { KILLED }
    :: atomic { cut[w] -> goto over }
    fi
}

proctype worker(byte me) {
    byte c, i, s;
    bit lastTry, last, entitled, died, alone;

idle:
end_idle:
    atomic {
        /* ChunkClaims.CLAIM */
        if
        :: FIRST_IDLE(me) && DUE(0) -> c = 0
        :: FIRST_IDLE(me) && DUE(1) -> c = 1
        :: FIRST_IDLE(me) && DUE(2) -> c = 2
#if BLOCKS + SHARES == 4
        :: FIRST_IDLE(me) && DUE(3) -> c = 3
#endif
        fi;
        assert(!ENDED);
        mine[me] = c;
        token[me] = FRESH(c);
        died = chunk[c].status == processing;
        if
        :: died ->
            chunk[c].attempts--;
            if :: chunk[c].deaths < SUSPICIOUS -> chunk[c].deaths++ :: else fi;
            if :: chunk[c].alone && chunk[c].deathsAlone < PROOF -> chunk[c].deathsAlone++ :: else fi
        :: else
        fi;
        chunk[c].alone = 0;
        chunk[c].status = processing;
        chunk[c].token = token[me];
        chunk[c].attempts++;
        chunk[c].expired = 0;
        COMMIT;
        lastTry = chunk[c].attempts >= MAX_ATTEMPTS || chunk[c].deathsAlone == PROOF;
        if
        :: chunk[c].deathsAlone == PROOF -> died = 0; goto error
        :: chunk[c].deathsAlone < PROOF && chunk[c].deaths == SUSPICIOUS && died -> died = 0; goto putOff
        :: chunk[c].deathsAlone < PROOF && chunk[c].deaths == SUSPICIOUS && !died -> goto beginAlone
        :: chunk[c].deaths < SUSPICIOUS -> died = 0; goto begin
        fi
    }

putOff:
    if
    /* ChunkClaims.RELEASE: nobody works it at once */
    :: atomic { !CLAIMED(me) || chunk[c].lock == NOBODY ->
        if :: CLAIMED(me) -> chunk[c].status = pending; chunk[c].expired = 0; chunk[c].attempts--; COMMIT :: else fi;
        goto forget }
    :: atomic { KILLED_OR_ERROR }
    fi;

    /* Each worker is a process of its own here, in which nothing else is worked. */
beginAlone:
    if
    /* ChunkClaims.BEGIN_ALONE */
    :: atomic { CLAIMED(me) && chunk[c].lock == NOBODY -> chunk[c].alone = 1; chunk[c].expired = 0; alone = 1; COMMIT }
    :: atomic { !CLAIMED(me) -> goto leaseLost }
    :: atomic { KILLED_OR_ERROR }
    fi;

begin:
    atomic {
        if
        :: job == pending
        :: job != pending && IS_BLOCK(c) -> goto checkpoint
        :: job != pending && !IS_BLOCK(c) -> goto merge
        fi
    }

    if
    /* ChunkClaims.START_JOB; ChunkClaims.DUE only counts */
    :: atomic { job != pending || jobLock == NOBODY ->
        if :: job == pending -> job = processing; COMMIT_LAZILY(NONE) :: else fi;
        goto checkpoint }
    :: atomic { KILLED_OR_ERROR }
    fi;

    /* ChunkTransaction.LIMIT: whoever waits or is frozen from here on is thrown out by the database, an error as any. */
merge:
    if
    /* Taking.OUT: takes its share's rows out of staging, or waits for whoever has. InsertStatement.INSERT takes the
       same before it, and gives them back within the transaction if a contact was there. */
    :: atomic { holder[SHARE(c)] == NOBODY ->
        s = SHARE(c);
        if :: FREE_ROWS(s) > 0 -> holder[s] = me :: else fi;
        for (i : 0 .. BLOCKS - 1) { held[CELL(s, i)] = staged[CELL(s, i)]; staged[CELL(s, i)] = 0 }
        i = 0; s = 0 }
    :: atomic { KILLED_OR_ERROR }
    fi;
    if
    :: atomic { INTACT(me) && STAGING_LOST(me, SHARE(c)) -> goto incomplete }
    :: atomic { INTACT(me) && !STAGING_LOST(me, SHARE(c)) -> goto checkpoint }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

    /* The rows are staged before it; nobody sees those rows until the commit. */
checkpoint:
    if
    /* Checkpoint.LOCK_JOB */
#ifdef NO_JOB_LOCK
    :: atomic { INTACT(me) ->
#else
    :: atomic { INTACT(me) && jobLock == NOBODY ->
        jobLock = me;
#endif
#ifndef TOKENS_ONLY
        if :: job != processing -> goto fenced :: else fi
#endif
        }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

    if
    /* Checkpoint.DONE, Checkpoint.KEEP_NOTICES; Checkpoint.REFUSED_SO_FAR only reads, under the lock of the job */
    :: atomic { INTACT(me) && chunk[c].lock == NOBODY ->
        if :: FENCE(me, c) -> chunk[c].lock = me :: else -> goto fenced fi }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

    if
    /* Checkpoint.OPEN_MERGING, Checkpoint.OPEN_SHARES */
#ifdef MERGE_EARLY
    :: atomic { INTACT(me) && IS_BLOCK(c) -> last = step == reading }
#else
    :: atomic { INTACT(me) && IS_BLOCK(c) -> last = step == reading && ALL_READ_BUT(c) }
#endif
    /* Checkpoint.COMPLETE, DeclaredTarget.DISCARD */
    :: atomic { INTACT(me) && !IS_BLOCK(c) -> last = ALL_DONE_BUT(c) }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

#ifdef NO_JOB_LOCK
    if
    :: atomic { !last || jobLock == NOBODY -> if :: last -> jobLock = me :: else fi }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;
#endif

    if
    /* ReadStep.KEEP_REJECTS, commit */
    :: atomic { INTACT(me) ->
        assert(!ENDED);
        applied[c]++;
        assert(applied[c] == 1);
        chunk[c].status = done; chunk[c].expired = 0; chunk[c].figure = 1;
        if
        :: IS_BLOCK(c) ->
            for (i : 0 .. SHARES - 1) {
                staged[CELL(i, c)]++;
                if :: last && chunk[BLOCKS + i].status == waiting -> chunk[BLOCKS + i].status = pending :: else fi
            }
            i = 0;
            if :: last -> step = merging :: else fi;
            COMMIT_LAZILY(c)
        :: else ->
            s = SHARE(c);
            assert(ALL_READ_BUT(NONE) && EVERY_BLOCK(s, > 0));
#ifdef COUNT_ROWS
            assert(EVERY_BLOCK(s, == 1));
#endif
            for (i : 0 .. BLOCKS - 1) { held[CELL(s, i)] = 0 }
            i = 0;
            holder[s] = NOBODY;
            s = 0;
            if
            :: last ->
                job = completed;
                figures = SUM_OF_FIGURES;
                assert(figures == CHUNKS);
                discard()
            :: else
            fi;
            COMMIT
        fi;
        unlock(me);
        if :: goto forget :: faults > 0 -> goto answerLost fi }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

readAgain:
    if
    /* Checkpoint.LOCK_JOB */
    :: atomic { jobLock == NOBODY -> if :: job == processing -> jobLock = me :: else -> goto leaseLost fi }
    :: atomic { KILLED_OR_ERROR }
    fi;
    if
    /* Checkpoint.STILL_OURS, Checkpoint.READ_AGAIN */
    :: atomic { INTACT(me) && UNLOCKED ->
#ifndef UNFENCED_RESET
        if :: FENCE(me, c) :: else -> goto fenced fi;
#endif
        lockChunksNotDone(me, true) }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;
    if
    /* Checkpoint.BACK_TO_READING, DeclaredTarget.DISCARD, commit */
    :: atomic { INTACT(me) ->
        assert(!ENDED);
        for (i : 0 .. CHUNKS - 1) {
            if
            :: chunk[i].lock == me ->
                chunk[i].status = (IS_BLOCK(i) -> pending : waiting);
                chunk[i].expired = 0; chunk[i].attempts = 0; chunk[i].token = FRESH(i);
                chunk[i].deaths = 0; chunk[i].deathsAlone = 0;
                if :: IS_BLOCK(i) -> applied[i] = 0 :: else fi
            :: else
            fi
        }
        step = reading;
        discard();
        unlock(me);
        COMMIT;
        goto forget }
    :: atomic { KILLED_OR_ERROR }
    :: atomic { CUT(me) }
    fi;

error:
    if
    :: !lastTry ->
        if
        /* ChunkClaims.RELEASE: again later */
        :: atomic { !CLAIMED(me) || chunk[c].lock == NOBODY ->
            if :: CLAIMED(me) -> chunk[c].status = pending; chunk[c].expired = 0; COMMIT :: else fi;
            goto forget }
        :: atomic { KILLED }
        fi
#ifdef LAX_FAIL
    :: else -> atomic { entitled = HOLDS(me, c) }; endJob(me, entitled, failed)
#else
    :: else -> endJob(me, CLAIMED(me), failed)
#endif
    fi;
over:
    atomic { goto forget }

leaseLost:
    /* ChunkClaims.OUTLIVE, EndJob.ENDED, DeclaredTarget.DISCARD */
    atomic { !alone || chunk[c].lock == NOBODY ->
        if :: alone && chunk[c].deathsAlone > 0 -> chunk[c].deathsAlone-- :: else fi;
        if :: ENDED -> discard() :: else fi;
        goto forget }

    /* Jumps from one atomic sequence into another stay atomic. */
    atomic {
        false;
fenced:
        rollback(me); last = 0;
        goto leaseLost;
incomplete:
        rollback(me);
        goto readAgain;
cutOff:
        cut[me] = 0; last = 0;
        goto error;
broken:
        if :: goto killed :: true fi;
        rollback(me);
answerLost:
        faults--; last = 0;
        goto error;
killed:
        faults--; rollback(me);
forget:
        mine[me] = NONE; token[me] = 0; c = 0; lastTry = 0; last = 0; entitled = 0; alone = 0; cut[me] = 0;
        goto idle
    }
}

/* Somebody who cancels, at any moment or never. */
proctype canceller() {
    byte i, s;
    if
    :: endJob(CANCELLER, true, cancelled)
    :: true
    fi;
    goto over;
    atomic {
        false;
killed:
        faults--; rollback(CANCELLER)
    }
over:
    cut[CANCELLER] = 0
}

#define RUNS_OUT(c) (chunk[c].status == processing && !chunk[c].expired && (faults > 0 || !HELD(c)))
#define HELD(c) (HOLDS(1, c) || HOLDS(2, c) || HOLDS(3, c))
#define UNTOUCHED(w) (CLAIMED(w) && chunk[mine[w]].lock == NOBODY)

inline runOut(c) {
    if :: HELD(c) -> faults-- :: else fi;
    chunk[c].expired = 1
}

inline giveBack(c) {
    faults--;
    chunk[c].status = pending; chunk[c].expired = 0; chunk[c].attempts--;
    COMMIT
}

inline crash() {
    crashes--;
    do
    :: lazy > 0 ->
        lazy--;
        w = lazily[lazy];
        if
        :: w == NONE -> job = pending
        :: else ->
            chunk[w].status = processing; chunk[w].figure = 0; applied[w] = 0;
            if
            :: step == merging ->
                step = reading;
                for (i : BLOCKS .. CHUNKS - 1) { if :: chunk[i].status == pending -> chunk[i].status = waiting :: else fi }
            :: else
            fi
        fi
    :: break
    od;
    COMMIT;
    for (w : 1 .. CANCELLER) {
        if :: jobLock == w || holder[0] == w || holder[SHARES - 1] == w -> cut[w] = 1 :: else fi
    }
    w = 0;
    jobLock = NOBODY;
    for (i : 0 .. CHUNKS - 1) { chunk[i].lock = NOBODY }
    for (i : 0 .. SHARES - 1) { holder[i] = NOBODY }
    for (i : 0 .. SHARES * BLOCKS - 1) { staged[i] = 0; held[i] = 0 }
    i = 0
}

/* What happens without a worker's doing */
proctype nature() {
    byte i, w;
end_nature:
    do
    /* A lease runs out: at last, when nobody works on the chunk any more; at any moment, when its holder is slow. */
    :: atomic { RUNS_OUT(0) -> runOut(0) }
    :: atomic { RUNS_OUT(1) -> runOut(1) }
    :: atomic { RUNS_OUT(2) -> runOut(2) }
#if BLOCKS + SHARES == 4
    :: atomic { RUNS_OUT(3) -> runOut(3) }
#endif
    /* ChunkClaims.EXTEND: a heartbeat that comes late */
    :: atomic { UNTOUCHED(1) && chunk[mine[1]].expired -> chunk[mine[1]].expired = 0; COMMIT }
    :: atomic { UNTOUCHED(2) && chunk[mine[2]].expired -> chunk[mine[2]].expired = 0; COMMIT }
    :: atomic { UNTOUCHED(3) && chunk[mine[3]].expired -> chunk[mine[3]].expired = 0; COMMIT }
    /* ChunkClaims.RELEASE: the process is to end and gives back what its worker is still at */
    :: atomic { faults > 0 && UNTOUCHED(1) -> giveBack(mine[1]) }
    :: atomic { faults > 0 && UNTOUCHED(2) -> giveBack(mine[2]) }
    :: atomic { faults > 0 && UNTOUCHED(3) -> giveBack(mine[3]) }
#if CRASHES > 0
    :: atomic { crashes > 0 && !ENDED -> crash() }
#endif
    od
}

/* When nothing can move any more */
proctype finally() {
    timeout;
    assert(ENDED);
    assert(jobLock == NOBODY && UNLOCKED);
    assert(job != completed || ALL_DONE_BUT(NONE));
    assert(figures == SUM_OF_FIGURES)
}

init {
    byte i;
    atomic {
        /* SubmitJob.SUBMIT, SubmitJob.CUT */
        for (i : 0 .. CHUNKS - 1) { chunk[i].status = (IS_BLOCK(i) -> pending : waiting) }
        for (i : 0 .. 4) { mine[i] = NONE }
        i = 0;
        run worker(1);
        run worker(2);
        run worker(3);
#ifndef NO_CANCEL
        run canceller();
#endif
        run nature();
        run finally()
    }
}
