package dev.importonce.chat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/** The table of chats, read as {@link Chat}. */
@Entity
@Immutable
@Table(name = "chats")
class StoredChat {
    @Id
    UUID id;

    @Column(name = "participants", columnDefinition = "text[]")
    String[] members;

    /** The participants of old rows may be arrays of any shape. */
    @Formula("array(select u.u from unnest(participants) u where u.u is not null)")
    String[] participants;

    String participantsKey;
    Instant createdAt;
    UUID mergedInto;
}
