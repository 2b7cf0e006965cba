using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace ThreeOneOne.Field.Settings;

/// <summary>Checks a bound section: its data annotations, its own <see cref="IValidatableObject"/>, and the groups in it.</summary>
internal static class SettingsValidator
{
    public static void Validate(object options, SettingNode? node, string path, List<SettingsError> errors)
    {
        // A key that could not be read still has its default here: it has been reported, and is not judged.
        var unread = errors.Select(e => e.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{path}:{property.Name}";
            if (unread.Contains(key) || property.GetIndexParameters().Length > 0) continue;
            var value = property.GetValue(options);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (rule.GetValidationResult(value, new ValidationContext(options) { MemberName = property.Name }) is null) continue;
                errors.Add(new SettingsError(key, node?.Find(property.Name)?.Text ?? Words.Of(value), Expected(rule, property)));
                break;
            }
        }

        foreach (var (property, inner) in SettingsBinder.Nested(options))
            Validate(inner, node?.Find(property), $"{path}:{property}", errors);

        if (options is not IValidatableObject whole) return;
        var reported = errors.Select(e => e.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var result in whole.Validate(new ValidationContext(options)))
        {
            var member = result.MemberNames.FirstOrDefault();
            if (member is not null && reported.Contains($"{path}:{member}")) continue;
            var value = member is null ? null : options.GetType().GetProperty(member)?.GetValue(options);
            errors.Add(new SettingsError(
                member is null ? path : $"{path}:{member}",
                member is null ? null : node?.Find(member)?.Text ?? Words.Of(value),
                result.ErrorMessage ?? "another value"));
        }
    }

    private static string Expected(ValidationAttribute rule, PropertyInfo property) => rule switch
    {
        RangeAttribute => SettingValue.Expected(property),
        RequiredAttribute => "a value",
        MinLengthAttribute min => $"at least {min.Length}",
        MaxLengthAttribute max => $"at most {max.Length}",
        RegularExpressionAttribute { ErrorMessage: null } expression => $"text that matches {expression.Pattern}",
        _ => rule.FormatErrorMessage(property.Name),
    };
}
