package dev.culvert.device;

import dev.culvert.offload.VirtioNetHeader;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel agreed to leave undone on a device.
 *
 * @param headerBytes in front of every frame of the queue, read and written: {@link VirtioNetHeader#BYTES}, or 0
 * @param granted a subset of what was asked for
 * @param refused the rest of it, each with the reason
 */
public record GrantedOffloads(int headerBytes, Set<TapOffload> granted, Map<TapOffload, String> refused) {
    /** Of a device whose frames have no header. */
    public static final GrantedOffloads NONE = new GrantedOffloads(0, Set.of(), Map.of());

    public GrantedOffloads {
        Set<TapOffload> grantedInOrder = EnumSet.noneOf(TapOffload.class);
        grantedInOrder.addAll(granted);
        granted = Collections.unmodifiableSet(grantedInOrder);
        Map<TapOffload, String> refusedInOrder = new EnumMap<>(TapOffload.class);
        refusedInOrder.putAll(refused);
        refused = Collections.unmodifiableMap(refusedInOrder);
    }

    public boolean hasHeader() {
        return headerBytes > 0;
    }
}
