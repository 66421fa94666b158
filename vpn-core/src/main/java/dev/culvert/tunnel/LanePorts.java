package dev.culvert.tunnel;

import java.util.List;

/** Where a lane's forwarding can put a frame: any peer, or the device. */
record LanePorts(List<LanePeer> peers, Encapsulator encapsulator, DeviceWriter device) {}
