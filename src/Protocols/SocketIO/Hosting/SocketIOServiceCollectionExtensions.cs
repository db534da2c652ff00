using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MyTradeX.Protocols.SocketIO;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a Socket.IO server.</summary>
public static class SocketIOServiceCollectionExtensions
{
    /// <summary>Adds <see cref="SocketIOServer"/> as a singleton. Its options are checked when the application starts.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; later calls add to earlier ones.</param>
    public static IServiceCollection AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.Configure(configure);
        services.AddOptions<SocketIOOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketIOOptions>, Validator>());
        services.TryAddSingleton<SocketIOServer>();
        return services;
    }

    sealed class Validator : IValidateOptions<SocketIOOptions>
    {
        public ValidateOptionsResult Validate(string? name, SocketIOOptions options) =>
            options.Faults().ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
