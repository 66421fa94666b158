package dev.culvert.device;

/** Makes the device of a tunnel. */
@FunctionalInterface
public interface DeviceOpener {
    /**
     * Makes or adopts the device, configured and up; the caller closes it.
     *
     * @throws TapException naming device, operation, errno and remedy; then nothing is left behind
     */
    TapDevice open(DeviceSpec spec) throws TapException;
}
