package gitzodb.load;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has read and another one has not asked for yet, by key, in the order in which it was read; bounded by
 * weight.
 *
 * @param <T> what is read
 */
final class AheadQueue<T> {
    private record Waiting<T>(T item, long weight) {}

    private final long limit;
    private final Map<String, Waiting<T>> items = new LinkedHashMap<>();
    private long weight;
    private boolean full;
    private boolean ended;
    private @Nullable String wanted;

    /** @param limit the weight from which on {@link #add} waits */
    AheadQueue(long limit) {
        this.limit = limit;
    }

    /** Adds an item, once there is room; false if nobody takes it any more. */
    synchronized boolean add(String key, T item, long itemWeight) throws InterruptedException {
        full = weight >= limit;
        if (full) {
            // Who waits for something that is not here is not to wait for what there is no room for.
            notifyAll();
        }
        while (full && !ended) {
            wait();
        }
        if (ended) {
            return false;
        }
        items.put(key, new Waiting<>(item, itemWeight));
        weight += itemWeight;
        if (key.equals(wanted)) {
            notifyAll();
        }
        return true;
    }

    /** Takes an item, once it is there; null if it is not here and will not come soon. */
    synchronized @Nullable T take(String key) throws InterruptedException {
        await(key);
        Waiting<T> found = items.remove(key);
        if (found == null) {
            return null;
        }
        lighten(found.weight);
        return found.item;
    }

    /** Takes an item and drops all that was read before it; all that is here if it is not. */
    synchronized @Nullable T takeFrom(String key) throws InterruptedException {
        await(key);
        for (Iterator<Map.Entry<String, Waiting<T>>> i = items.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, Waiting<T>> next = i.next();
            i.remove();
            lighten(next.getValue().weight);
            if (next.getKey().equals(key)) {
                return next.getValue().item;
            }
        }
        return null;
    }

    private void await(String key) throws InterruptedException {
        wanted = key;
        while (!items.containsKey(key) && !full && !ended) {
            wait();
        }
        wanted = null;
    }

    /** Half of the room has to be free before it is filled again, so that the threads do not wake each other at each item. */
    private void lighten(long by) {
        weight -= by;
        if (full && weight <= limit / 2) {
            full = false;
            notifyAll();
        }
    }

    /** Says that nothing more comes, or that nothing more is taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
