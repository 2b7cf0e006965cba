using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Link;

/// <summary>
/// The functions of OpenSSL 3 by which the link makes the TLS context that libmosquitto uses. Both are of the same
/// Debian release, so libmosquitto is linked with this very library. https://docs.openssl.org/3.0/man3/
/// </summary>
internal static unsafe partial class OpenSsl
{
    public const string Ssl = "libssl.so.3";
    public const string Crypto = "libcrypto.so.3";

    public const int FilePem = 1;
    public const int VerifyPeer = 1;
    public const int SetMode = 33;
    public const int SetMinimumVersion = 123;
    public const int Tls12 = 0x0303;
    public const int ModeReleaseBuffers = 0x10;
    public const ulong NoCompression = 0x20000;
    public const uint NoPartialWildcards = 4;
    public const int CertificateNotYetValid = 9;

    [LibraryImport(Ssl, EntryPoint = "TLS_client_method")]
    public static partial nint ClientMethod();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint NewContext(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint Control(nint context, int command, nint number, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_options")]
    public static partial ulong SetOptions(nint context, ulong options);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_load_verify_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LoadAuthorities(nint context, string file);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_chain_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UseCertificate(nint context, string file);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UseKey(nint context, string file, int type);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_check_private_key")]
    public static partial int CheckKey(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_verify")]
    public static partial void SetVerify(nint context, int mode, delegate* unmanaged[Cdecl]<int, nint, int> callback);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_get0_param")]
    public static partial nint Parameters(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_ex_data")]
    public static partial int SetContextData(nint context, int index, nint data);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_get_ex_data")]
    public static partial nint ContextData(nint context, int index);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_SSL_CTX")]
    public static partial nint ContextOf(nint connection);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_ex_data_X509_STORE_CTX_idx")]
    public static partial int ConnectionIndex();

    [LibraryImport(Crypto, EntryPoint = "X509_STORE_CTX_get_ex_data")]
    public static partial nint VerificationData(nint verification, int index);

    [LibraryImport(Crypto, EntryPoint = "X509_STORE_CTX_get_error")]
    public static partial int VerificationError(nint verification);

    [LibraryImport(Crypto, EntryPoint = "X509_STORE_CTX_get_current_cert")]
    public static partial nint CurrentCertificate(nint verification);

    [LibraryImport(Crypto, EntryPoint = "X509_get0_notBefore")]
    public static partial nint NotBefore(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "X509_get0_notAfter")]
    public static partial nint NotAfter(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "X509_get_subject_name")]
    public static partial nint SubjectOf(nint certificate);

    [LibraryImport(Crypto, EntryPoint = "X509_NAME_get_text_by_NID")]
    public static partial int NameText(nint name, int nid, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_get0_certificate")]
    public static partial nint CertificateOf(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_set_default_passwd_cb")]
    public static partial void SetPassphrase(nint context, delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> callback);

    [LibraryImport(Crypto, EntryPoint = "ASN1_TIME_to_tm")]
    public static partial int ToBrokenDown(nint asn1Time, BrokenDownTime* time);

    [LibraryImport(Crypto, EntryPoint = "X509_verify_cert_error_string")]
    public static partial nint VerificationText(nint error);

    /// <param name="parameters">From <see cref="Parameters"/>.</param>
    /// <param name="unixSeconds"><c>time_t</c>, as wide as a pointer on Debian 12.</param>
    [LibraryImport(Crypto, EntryPoint = "X509_VERIFY_PARAM_set_time")]
    public static partial void SetTime(nint parameters, nint unixSeconds);

    [LibraryImport(Crypto, EntryPoint = "X509_VERIFY_PARAM_set1_host", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetHost(nint parameters, string name, nuint length);

    [LibraryImport(Crypto, EntryPoint = "X509_VERIFY_PARAM_set1_ip_asc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetAddress(nint parameters, string address);

    [LibraryImport(Crypto, EntryPoint = "X509_VERIFY_PARAM_set_hostflags")]
    public static partial void SetHostFlags(nint parameters, uint flags);

    [LibraryImport(Crypto, EntryPoint = "ERR_peek_last_error")]
    public static partial nuint LastError();

    [LibraryImport(Crypto, EntryPoint = "ERR_reason_error_string")]
    public static partial nint ErrorText(nuint error);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>The members of <c>struct tm</c> that a UTC time needs, and room for the others.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct BrokenDownTime
    {
        public int Second;
        public int Minute;
        public int Hour;
        public int Day;
        public int Month;
        public int Year;
    }
}
