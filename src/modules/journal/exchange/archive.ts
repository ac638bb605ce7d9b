import Papa from 'papaparse'
import type { Bordereau } from '../db/bordereaux.ts'
import type { Ecriture } from '../domain/controle.ts'
import { vueOf } from '../domain/libelles.ts'

/** A table that a French spreadsheet opens by a double click. It proves nothing: `journal.jsonl` does. */
export function journalCsv(ecritures: readonly Ecriture[]): string {
  const lignes = ecritures.map((e) => {
    const v = vueOf(e)
    return {
      Numéro: v.numero,
      'Date (UTC)': v.le,
      Qui: v.nom,
      'Venu par': v.via ?? '',
      Quoi: v.libelle,
      Objet: v.objet ?? '',
      Détail: v.detail ?? '',
      'SHA-256': v.empreinte,
    }
  })
  return `\ufeff${Papa.unparse(lignes, { delimiter: ';', newline: '\r\n', escapeFormulae: true })}\r\n`
}

export const nomBordereau = (rang: number) => `bordereaux/${String(rang).padStart(6, '0')}`

/** The files of the proof, in the order that a reader meets them. */
export function fichiersOf(
  organismeId: string,
  depart: string,
  ecritures: readonly Ecriture[],
  bordereaux: readonly Bordereau[],
): { chemin: string; octets: Buffer }[] {
  const textes: Record<string, string> = {
    'LISEZMOI.txt': LISEZMOI,
    'verifier.sh': VERIFIER,
    'journal.csv': journalCsv(ecritures),
    'organisme.txt': `${organismeId}\n`,
    'depart.txt': `${depart}\n`,
    'journal.jsonl': ecritures.map((e) => `${e.evenement}\n`).join(''),
    'empreintes.txt': ecritures.map((e) => `${e.numero} ${e.empreinte}\n`).join(''),
  }
  return [
    ...Object.entries(textes).map(([chemin, texte]) => ({ chemin, octets: Buffer.from(texte) })),
    ...bordereaux.flatMap((b) => [
      { chemin: `${nomBordereau(b.rang)}.txt`, octets: Buffer.from(b.texte) },
      { chemin: `${nomBordereau(b.rang)}.tsr`, octets: Buffer.from(b.jeton, 'base64') },
    ]),
  ]
}

/** POSIX shell and `openssl`, nothing of Bosquet: the reader may rewrite it from LISEZMOI.txt in an hour. */
const VERIFIER = `#!/bin/sh
# Verifie le journal : sh verifier.sh [certificats-de-l-autorite.pem]
set -u
cd "$(dirname "$0")" || exit 2
autorite=\${1:-}
fautes=0
faute() { echo "FAUTE : $1"; fautes=$((fautes + 1)); }

precedente=$(cat depart.txt)
suivant=
lues=0
exec 3<empreintes.txt
while IFS= read -r evenement; do
  if ! read -r numero attendue <&3; then faute "une écriture de trop après l'écriture $lues"; break; fi
  if [ -n "$suivant" ] && [ "$numero" != "$suivant" ]; then faute "l'écriture $suivant manque"; fi
  calculee=$(printf '%s\\n%s' "$precedente" "$evenement" | openssl dgst -sha256 -r | cut -d' ' -f1)
  if [ "$calculee" != "$attendue" ]; then faute "l'écriture $numero ne suit pas la précédente"; fi
  precedente=$attendue
  suivant=$((numero + 1))
  lues=$((lues + 1))
done <journal.jsonl
while read -r numero attendue <&3; do faute "l'écriture $numero manque"; done
echo "$lues écritures lues"

organisme=$(cat organisme.txt)
for texte in bordereaux/*.txt; do
  [ -e "$texte" ] || { echo "aucun bordereau : rien n'est encore daté par une autorité"; break; }
  jeton=\${texte%.txt}.tsr
  ligne=$(grep "^$organisme " "$texte" | cut -d' ' -f2-)
  if ! grep -qxF "$ligne" empreintes.txt; then faute "$texte scelle « $ligne », qui n'est pas dans ce journal"; fi
  if [ -z "$autorite" ]; then
    openssl ts -reply -in "$jeton" -text | grep 'Time stamp:' || faute "$jeton est illisible"
  elif ! openssl ts -verify -data "$texte" -in "$jeton" -CAfile "$autorite" >/dev/null 2>&1; then
    faute "le jeton de $texte n'est pas bon"
  fi
done
[ -n "$autorite" ] || echo "jetons non vérifiés : donnez les certificats de l'autorité d'horodatage"
if [ "$fautes" -gt 0 ]; then echo "$fautes faute(s)"; exit 1; fi
echo "Journal intact"
`

const LISEZMOI = `Journal d'un organisme, avec ses preuves

- journal.csv : le journal à lire dans un tableur.
- journal.jsonl : une écriture par ligne, telle qu'elle a été inscrite (JSON canonique, RFC 8785).
- empreintes.txt : le numéro et l'empreinte de chaque écriture.
- depart.txt : l'empreinte qui précède la première écriture (64 zéros au début du journal).
- bordereaux/ : le dernier état de tous les journaux, jour après jour, et le jeton qui le date (RFC 3161).

Règle : empreinte(n) = SHA-256( empreinte(n-1), un saut de ligne, texte de l'écriture n ).
La ligne de cet organisme (organisme.txt) dans un bordereau donne un numéro et une empreinte : ce sont ceux d'une écriture.

« sh verifier.sh » refait ces calculs avec openssl seulement.
« sh verifier.sh autorite.pem » vérifie aussi les jetons, avec les certificats que publie l'autorité d'horodatage.
`
