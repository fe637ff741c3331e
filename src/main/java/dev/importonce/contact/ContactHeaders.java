package dev.importonce.contact;

import java.util.List;

/** What the columns of contacts are called in files, in the languages of those who send them. */
final class ContactHeaders {
    static final List<String> EMAIL = List.of(
            "E-Mail Address",
            "Mail",
            "Mailadresse",
            "E-Mail-Adresse",
            "Courriel",
            "Adresse e-mail",
            "Adresse mail",
            "Correo",
            "Correo electrónico",
            "Indirizzo e-mail",
            "Posta elettronica",
            "E-mailadres",
            "E-postadress",
            "E-post",
            "E-posta",
            "Endereço de e-mail",
            "Adres e-mail",
            "Почта",
            "Электронная почта",
            "メール",
            "メールアドレス",
            "邮箱",
            "电子邮件",
            "이메일");

    static final String[] FIRST_NAME = {
        "First",
        "Given name",
        "Forename",
        "Vorname",
        "Rufname",
        "Prénom",
        "Nombre",
        "Nombre de pila",
        "Nome",
        "Primeiro nome",
        "Voornaam",
        "Fornavn",
        "Förnamn",
        "Etunimi",
        "Imię",
        "Jméno",
        "Ad",
        "Имя",
        "名",
        "名字",
        "이름"
    };

    static final String[] LAST_NAME = {
        "Last", "Surname", "Family name", "Nachname", "Familienname", "Zuname", "Nom", "Nom de famille", "Apellido",
        "Apellidos", "Cognome", "Sobrenome", "Apelido", "Achternaam", "Efternavn", "Etternavn", "Efternamn", "Sukunimi",
        "Nazwisko", "Příjmení", "Soyad", "Фамилия", "姓", "姓氏", "성"
    };

    static final String[] PHONE = {
        "Phone number", "Telephone", "Tel", "Tel.", "Mobile", "Mobile phone", "Cell", "Cell phone", "Telefon",
                "Telefonnummer",
        "Rufnummer", "Mobil", "Handy", "Téléphone", "Portable", "Teléfono", "Móvil", "Telefono", "Cellulare",
                "Telefone",
        "Celular", "Telefoon", "Telefoonnummer", "Puhelin", "Телефон", "電話", "電話番号", "电话", "手机", "전화"
    };

    static final String[] COMPANY = {
        "Company name",
        "Organisation",
        "Organization",
        "Employer",
        "Account name",
        "Firma",
        "Firmenname",
        "Unternehmen",
        "Arbeitgeber",
        "Société",
        "Entreprise",
        "Empresa",
        "Compañía",
        "Azienda",
        "Società",
        "Bedrijf",
        "Bedrijfsnaam",
        "Företag",
        "Virksomhed",
        "Yritys",
        "Společnost",
        "Şirket",
        "Компания",
        "会社",
        "会社名",
        "公司",
        "회사"
    };

    private ContactHeaders() {}
}
