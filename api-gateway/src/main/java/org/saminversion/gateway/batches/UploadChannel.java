package org.saminversion.gateway.batches;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.IntakeLost;
import org.saminversion.model.batch.UploadStore;

/** A stored upload as a file that is read at any place, a few chunks of which are in memory. */
final class UploadChannel implements SeekableByteChannel {
    /** An archive is read at two places in turn: its directory, and its files. */
    private static final int CHUNKS_KEPT = 4;

    private final UploadStore store;
    private final Batch batch;
    private final NavigableMap<Long, Integer> sizes;
    private final Map<Long, byte[]> kept = new LinkedHashMap<>(CHUNKS_KEPT, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > CHUNKS_KEPT;
        }
    };
    private long position;

    UploadChannel(UploadStore store, Batch batch) {
        this.store = store;
        this.batch = batch;
        this.sizes = Waiting.forStore(store.chunks(batch));
    }

    @Override
    public int read(ByteBuffer target) {
        Map.Entry<Long, Integer> chunk = sizes.floorEntry(position);
        if (chunk == null || position >= chunk.getKey() + chunk.getValue()) {
            return -1;
        }
        byte[] bytes = bytes(chunk.getKey());
        int from = (int) (position - chunk.getKey());
        int count = Math.min(target.remaining(), bytes.length - from);
        target.put(bytes, from, count);
        position += count;
        return count;
    }

    private byte[] bytes(long firstByte) {
        byte[] bytes = kept.get(firstByte);
        if (bytes == null) {
            bytes = Waiting.forStore(store.chunk(batch, firstByte)).orElseThrow(() -> new IntakeLost(batch.id()));
            kept.put(firstByte, bytes);
        }
        return bytes;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return sizes.isEmpty() ? 0 : sizes.lastKey() + sizes.lastEntry().getValue();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        kept.clear();
    }
}
