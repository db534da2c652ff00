using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace MyTradeX.Server.Platform.Settings;

/// <summary>One section of the configuration and the options class that it fills.</summary>
internal sealed record SettingsSection(string Name, Type Type);

internal static class SettingsSectionExtensions
{
    /// <summary>
    /// Binds a section to its options class: unknown keys are refused, attributes checked, and start-up stops with a message that names
    /// the setting, its value and the allowed range. The options are then injected as themselves.
    /// </summary>
    public static void AddSettings<T>(this WebApplicationBuilder builder, string name) where T : class
    {
        var section = builder.Configuration.GetSection(name);
        builder.Services.AddSingleton(new SettingsSection(name, typeof(T)));
        builder.Services.AddOptions<T>().Configure(options => Bind(section, options));
        builder.Services.AddSingleton<IValidateOptions<T>>(new SettingsValidator<T>(name, section));
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<T>>().Value);
    }

    /// <summary>Checks every section before anything starts, so that all faults are told at once.</summary>
    /// <exception cref="OptionsValidationException">With every fault of every section.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        List<string> failures = [];
        foreach (var section in app.Services.GetServices<SettingsSection>())
        {
            try
            {
                app.Services.GetRequiredService(section.Type);
            }
            catch (OptionsValidationException invalid)
            {
                failures.AddRange(invalid.Failures);
            }
        }
        if (failures.Count > 0)
            throw new OptionsValidationException("", typeof(SettingsSection), failures);
    }

    static void Bind<T>(IConfigurationSection section, T options) where T : class
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException unreadable)
        {
            // A value of the wrong type; the message names setting, value and type.
            throw new OptionsValidationException("", typeof(T), [unreadable.Message]);
        }
    }
}

/// <summary>Explains everything wrong with a section.</summary>
internal sealed class SettingsValidator<T>(string name, IConfigurationSection section) : IValidateOptions<T> where T : class
{
    public ValidateOptionsResult Validate(string? _, T options)
    {
        List<string> failures = [];
        FindUnknown(section, typeof(T), failures);
        Check(options, name, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    static void FindUnknown(IConfigurationSection section, Type type, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            var property = type.GetProperty(child.Key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);
            if (property is null)
                failures.Add($"{child.Path} is not a setting; {section.Path} has {string.Join(", ", type.GetProperties().Select(known => known.Name))}.");
            else if (IsNested(property.PropertyType))
                FindUnknown(child, property.PropertyType, failures);
        }
    }

    static void Check(object options, string path, List<string> failures)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var member = result.MemberNames.FirstOrDefault();
            var property = member is null ? null : options.GetType().GetProperty(member);
            var rule = property?.GetCustomAttribute<RangeAttribute>() is { } range
                ? string.Create(CultureInfo.InvariantCulture, $"must be between {range.Minimum} and {range.Maximum}")
                : result.ErrorMessage;
            failures.Add($"{path}{(member is null ? "" : ":" + member)} is {Shown(property, options)}; it {rule}.");
        }
        foreach (var property in options.GetType().GetProperties())
        {
            if (IsNested(property.PropertyType) && property.GetValue(options) is { } nested)
                Check(nested, $"{path}:{property.Name}", failures);
        }
    }

    static string Shown(PropertyInfo? property, object options) =>
        property?.GetValue(options) is not { } value ? "missing"
        : property.GetCustomAttribute<SecretAttribute>() is not null ? "set to a value that is not shown"
        : $"'{(value is string[] list ? string.Join(", ", list) : Convert.ToString(value, CultureInfo.InvariantCulture))}'";

    static bool IsNested(Type type) => type.IsClass && type.Assembly == typeof(T).Assembly;
}
