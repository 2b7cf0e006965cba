using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>Writes what the agents of this process log to a file: the screen is for people.</summary>
internal sealed class FileLog(string path, TimeProvider time) : ILoggerProvider
{
    private readonly StreamWriter _file = new(path, append: true) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        lock (_file) _file.Dispose();
    }

    private sealed class Logger(FileLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var line = string.Create(CultureInfo.InvariantCulture, $"{owner.Time.GetUtcNow():HH:mm:ss.fff} {logLevel} {category} {eventId.Id}: {formatter(state, exception)} {exception}");
            lock (owner._file) owner._file.WriteLine(line);
        }
    }

    private TimeProvider Time => time;
}
