package dev.culvert.tunnel;

/** Where a lane's forwarding can put a frame: any peer, or the device. */
record LanePorts(LanePeer[] peers, Encapsulator encapsulator, DeviceWriter device) {}
