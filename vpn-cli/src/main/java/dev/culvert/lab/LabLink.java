package dev.culvert.lab;

/** A cable between two hosts: a veth pair. */
public record LabLink(LabPort first, LabPort second) {
    public LabLink mtu(int bytes) throws LabException {
        first.mtu(bytes);
        second.mtu(bytes);
        return this;
    }

    /** @see LabPort#offloads */
    public LabLink offloads(boolean on) throws LabException {
        first.offloads(on);
        second.offloads(on);
        return this;
    }

    /** Pulls the cable: both hosts lose carrier. */
    public void cut() throws LabException {
        first.down();
        second.down();
    }

    /** Plugs it in again. IPv6 addresses, which the kernel removed when the link was cut, are to be added again. */
    public void restore() throws LabException {
        first.up();
        second.up();
    }
}
