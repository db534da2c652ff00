namespace MyTradeX.Contracts.Identity;

/// <summary>What a user is for; decides their <see cref="Permission"/>s.</summary>
public enum UserRole
{
    /// <summary>Reads markets and takes part in the community.</summary>
    User,
    /// <summary>A user who also trades and moves money.</summary>
    Trader,
    /// <summary>A user who also moderates the community.</summary>
    Moderator,
    /// <summary>May do everything.</summary>
    Admin,
}

/// <summary>Whether a user may sign in.</summary>
public enum UserStatus
{
    /// <summary>May sign in.</summary>
    Active,
    /// <summary>May not sign in; tokens given earlier stopped working at once.</summary>
    Suspended,
}

/// <summary>A thing that a caller may be allowed to do.</summary>
public enum Permission
{
    /// <summary>See prices, books, trades and instruments.</summary>
    ReadMarketData,
    /// <summary>Post, comment and chat.</summary>
    CreateContent,
    /// <summary>See one's own positions, accounts and orders.</summary>
    ViewPortfolio,
    /// <summary>Place and amend orders.</summary>
    CreateOrders,
    /// <summary>Cancel orders.</summary>
    CancelOrders,
    /// <summary>Move cash.</summary>
    TransferFunds,
    /// <summary>Hide or remove other users' content.</summary>
    ModerateContent,
    /// <summary>Create, change and delete users.</summary>
    ManageUsers,
    /// <summary>List, change, halt and resume instruments.</summary>
    ManageInstruments,
    /// <summary>Fund accounts and deliver shares.</summary>
    ManageAccounts,
    /// <summary>Inspect and steer the server: jobs, deliveries, diagnostics.</summary>
    ManageSystem,
}
