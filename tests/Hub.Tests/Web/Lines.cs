using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Hub.Tests.Web;

/// <summary>Keeps what is logged.</summary>
internal sealed class Lines : ILogger, IDisposable
{
    public List<string> Text { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Text.Add(formatter(state, exception));

    public void Dispose()
    {
        // Nothing is held.
    }
}
