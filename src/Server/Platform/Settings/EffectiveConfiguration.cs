using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyTradeX.Contracts.Wire;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Settings;

/// <summary>What the server would run with, after every source was read, with secrets masked.</summary>
internal static class EffectiveConfiguration
{
    static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    public static string Print(IServiceProvider services)
    {
        var root = new JsonObject
        {
            ["Environment"] = services.GetRequiredService<IHostEnvironment>().EnvironmentName,
            ["Urls"] = services.GetRequiredService<IConfiguration>()["urls"],
            ["Store"] = services.GetRequiredService<StoreOptions>().ToString(),
        };
        foreach (var section in services.GetServices<SettingsSection>().OrderBy(section => section.Name, StringComparer.Ordinal))
            root[section.Name] = Describe(services.GetRequiredService(section.Type));
        return root.ToJsonString(Indented);
    }

    static JsonObject Describe(object options)
    {
        var json = new JsonObject();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            json[property.Name] = value switch
            {
                null => null,
                _ when property.GetCustomAttribute<SecretAttribute>() is not null => SecretAttribute.Mask,
                string or bool or Enum or DateTimeOffset or TimeSpan or System.Collections.IEnumerable or ValueType => JsonSerializer.SerializeToNode(value, WireJson.Options),
                _ => Describe(value),
            };
        }
        return json;
    }
}
