using System.Reflection;

namespace ThreeOneOne.Field.Hub.Tests.Web;

public sealed class SettingsTests
{
    public static TheoryData<string> Sections => [.. Types.Select(t => t.FullName!)];

    private static IEnumerable<Type> Types => typeof(HubApplication).Assembly.GetTypes().Where(t => t.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true });

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_list_among_the_settings_can_be_given_in_the_file(string section) => Assert.DoesNotContain(
        typeof(HubApplication).Assembly.GetType(section)!.GetProperties().Where(p => p.CanWrite && p.PropertyType.IsGenericType && p.PropertyType.GetGenericArguments() is [var element] && element != typeof(byte)),
        p => Nullable.GetUnderlyingType(p.PropertyType) is null && !p.PropertyType.IsAssignableFrom(p.PropertyType.GetGenericArguments()[0].MakeArrayType()));
}
