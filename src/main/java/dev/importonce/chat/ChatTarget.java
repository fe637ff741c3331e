package dev.importonce.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.identity.Tokens;
import dev.importonce.target.declare.Field;
import dev.importonce.target.declare.ImportStatements;
import dev.importonce.target.declare.Target;
import dev.importonce.target.type.Normaliser.Refused;
import dev.importonce.target.type.RejectKind;
import dev.importonce.words.Sentence;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Chats as a target of imports: each row's participants get the chat that create-or-get would give them. An existing chat is
 * never changed: it counts as unchanged, or as skipped if the mapping skips existing rows. The user who imports must be a
 * participant of each chat; otherwise the counters would show which other users have a chat with each other. Without sign-in
 * this does not apply. An import cannot be undone, since the chats may have messages by then. Cells are trimmed and in NFC,
 * as in every target.
 */
class ChatTarget {
    /** Columns that may hold a participant; the first two are required. */
    private static final int MOST_COLUMNS = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<Field> FIELDS =
            IntStream.rangeClosed(1, MOST_COLUMNS).mapToObj(ChatTarget::field).toList();

    private static final String STAGE = """
            copy chat_staging (job_id, user_id, share, block, row_no, id, participants_key, participants)
            from stdin (format binary)
            """;

    /**
     * Skips rows that a merge holds at this moment: that merge waits for the job's row, which the discarding transaction has
     * locked. Partitions or shards may have equal values of ctid, hence the conditions on job and user.
     */
    private static final String DISCARD = """
            delete from chat_staging
            where job_id = ? and user_id = ? and ctid = any (array(
                select ctid from chat_staging where job_id = ? and user_id = ? for update skip locked))
            """;

    private static final String STAGED = "select distinct job_id, user_id from chat_staging";

    /**
     * A block that was staged twice counts once. If two transactions create a chat at once, the constraint lets one of them
     * insert, and the other one finds an existing chat. Rows are inserted in the order of keys, so that two concurrent
     * merges cannot deadlock.
     */
    private static final String MERGE = """
            with share as (
                delete from chat_staging
                where job_id = ? and user_id = ? and share = ?
                returning block, row_no, id, participants_key, participants
            ), blocks as materialized (
                select distinct on (block) * from share order by block
            ), first as materialized (
                select left(id[1]::text, 28) as id from blocks limit 1
            ), latest as materialized (
                select row_number() over (order by participants_key) as n, *
                from (
                    select distinct on (r.participants_key) r.participants_key, r.participants::jsonb as participants
                    from blocks s,
                         unnest(s.row_no, s.participants_key, s.participants) as r (row_no, participants_key, participants)
                    order by r.participants_key, r.row_no desc
                ) last
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            ), made as (
                insert into chats (id, participants, participants_key)
                select (first.id || to_hex(i.n + x'80000000'::bigint))::uuid, array(select jsonb_array_elements_text(i.participants)),
                       i.participants_key
                from first
                cross join latest i
                left join lateral (
                    select id from chats k where k.participants_key = i.participants_key limit 1) c on true
                where c.id is null
                order by i.participants_key
                on conflict (participants_key) do nothing
                returning id
            )
            select (select count(*) from blocks) as blocks,
                   (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   (select count(*) from latest) as keys,
                   count(*) as inserted,
                   0 as updated
            from made, job
            """;

    /** The merge without its writes: counts the chats that would be new; existing ones never change. */
    private static final String COMPARE = """
            with blocks as materialized (
                select row_no, participants_key from chat_staging where job_id = ? and user_id = ?
            ), latest as materialized (
                select distinct r.participants_key collate "C" as participants_key
                from blocks s, unnest(s.participants_key) as r (participants_key)
            ), job as materialized (
                select ?::uuid as org_id, ?::boolean as skip, ?::text[] as rule, ?::text as attribute_rule, ?::text[] as cleared
            )
            select (select coalesce(sum(cardinality(row_no)), 0) from blocks) as staged,
                   count(*) as keys,
                   count(*) filter (where c.id is null) as inserted,
                   0 as updated
            from job
            cross join latest i
            left join lateral (select id from chats k where k.participants_key = i.participants_key limit 1) c on true
            """;

    private final Tokens tokens;

    ChatTarget(Tokens tokens) {
        this.tokens = tokens;
    }

    @Produces
    @Singleton
    Target chats() {
        return new Target(
                "chats",
                FIELDS,
                1,
                this::row,
                2,
                false,
                new ImportStatements(STAGE, MERGE, COMPARE, ChatOutlook.STATEMENT, DISCARD, STAGED));
    }

    /** The staged columns: the key, and the members as a JSON array. */
    private String[] row(String[] values, UUID userId) throws Refused {
        List<String> members =
                new ArrayList<>(Arrays.stream(values).filter(Objects::nonNull).toList());
        for (String member : members) {
            Sentence fault = Participants.faultOf(member).orElse(null);
            if (fault != null) throw new Refused(RejectKind.INVALID, fault);
        }
        if (members.stream().distinct().count() < Participants.MIN) throw new Refused("too-few-participants");
        if (tokens.required() && !members.contains(userId.toString())) throw new Refused("not-a-participant");
        Participants participants = new Participants(members);
        try {
            return new String[] {
                ParticipantsKey.of(participants).value(), JSON.writeValueAsString(participants.members())
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(int number) {
        Field field = Field.text(
                "participant" + number,
                2 * Participants.MAX_LENGTH,
                "participant " + number,
                "member " + number,
                "user " + number,
                "user " + (char) ('a' + number - 1),
                "Teilnehmer " + number);
        return number == 2 ? field.mandatory() : field;
    }
}
