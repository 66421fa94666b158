package dev.culvert.device.linux;

/** Constants of linux/netlink.h, linux/rtnetlink.h, linux/if_link.h and linux/if_addr.h. */
final class Rtnetlink {
    static final int NETLINK_ROUTE = 0;

    // linux/netlink.h
    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int NLM_F_REQUEST = 0x001;
    static final int NLM_F_ACK = 0x004;
    static final int NLM_F_DUMP = 0x300;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;
    static final int NLA_TYPE_MASK = 0x3fff;

    // linux/rtnetlink.h: messages
    static final int RTM_NEWLINK = 16;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;

    // linux/rtnetlink.h: routes
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_PRIORITY = 6;
    static final int RT_TABLE_MAIN = 254;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_LINK = 253;
    static final int RTPROT_STATIC = 4;
    static final int RTN_UNICAST = 1;

    // linux/if_link.h; IFLA_TUN_* stand inside IFLA_INFO_DATA inside IFLA_LINKINFO
    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_MASTER = 10;
    static final int IFLA_TXQLEN = 13;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_TUN_TYPE = 3;
    static final int IFLA_TUN_MULTI_QUEUE = 7;
    static final int IFLA_TUN_NUM_QUEUES = 8;
    static final int IFLA_TUN_NUM_DISABLED_QUEUES = 9;

    static final int IFF_UP = 1; // linux/if.h

    // linux/if_addr.h
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_F_NODAD = 0x02;

    private Rtnetlink() {}
}
