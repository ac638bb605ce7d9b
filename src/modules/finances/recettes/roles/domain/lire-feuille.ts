import { inEuros, ZERO } from '#socle/argent.ts'
import { isSiret } from '#socle/identifiants.ts'
import type { Anomalie } from '#socle/refus.ts'
import { lireColonnes, memeTexte, readMontant } from '../../domain/feuille.ts'
import type { LigneRole } from '../contract.ts'

/** A spreadsheet of debtors: titles that are understood, in the order of the model that the screen offers. */
const COLONNES = {
  nom: ['nom', 'nom de famille', 'raison sociale', 'debiteur', 'redevable'],
  prenom: ['prenom'],
  civilite: ['civilite', 'titre'],
  siret: ['siret'],
  tiers: ['tiers', 'n° tiers', 'numero tiers', 'no tiers'],
  adresse: ['adresse', 'adresse 1', 'rue'],
  complement: ['complement', 'complement adresse', 'adresse 2'],
  codePostal: ['code postal', 'cp'],
  ville: ['ville', 'commune'],
  objet: ['objet'],
  libelle: ['libelle', 'designation', 'prestation', 'produit'],
  nature: ['article', 'nature', 'compte', 'imputation'],
  fonction: ['fonction', 'reference fonctionnelle'],
  base: ['base', 'detail', 'quantite'],
  ht: ['montant', 'montant ht', 'ht', 'total', 'montant ttc'],
  tva: ['tva', 'montant tva'],
} as const
type Colonne = keyof typeof COLONNES

export const MODELE: readonly (readonly [string, string])[] = [
  ['Nom', 'DUPOUY'],
  ['Prénom', 'Claire'],
  ['Civilité', 'Mme'],
  ['SIRET', ''],
  ['Adresse', '12 rue des Pins'],
  ['Code postal', '40000'],
  ['Ville', 'Mont-de-Marsan'],
  ['Libellé', 'Repas d’octobre'],
  ['Base', '16 repas à 3,10 €'],
  ['Montant', '49,60'],
  ['TVA', ''],
]

export type DebiteurLu = {
  tiers: string
  nom: string
  prenom: string
  civilite: string
  siret: string
  adresse: string
  complement: string
  codePostal: string
  ville: string
}
export type ArticleLu = { ligne: number; debiteur: DebiteurLu; objet: string; lignes: LigneRole[] }

/** Debtors and their lines; every fault with the number that the line has in the spreadsheet. */
export function readRole(
  feuille: { titres: readonly string[]; lignes: readonly (readonly string[])[] },
  defaut: { objet: string; nature: string; fonction?: string },
): { articles: ArticleLu[]; anomalies: Anomalie[] } {
  const anomalies: Anomalie[] = []
  const { lire: lireDans, manquantes } = lireColonnes(feuille.titres, COLONNES)
  for (const c of manquantes(['nom', 'ht']))
    if (c !== 'nom' || manquantes(['tiers']).length > 0)
      anomalies.push({
        code: 'role.colonne',
        lieu: 'ligne 1',
        message: `Aucune colonne « ${c === 'nom' ? 'Nom' : 'Montant'} » parmi les titres.`,
        bloquante: true,
      })
  if (anomalies.length > 0) return { articles: [], anomalies }
  const articles = new Map<string, ArticleLu>()
  for (const [i, cellules] of feuille.lignes.entries()) {
    if (cellules.every((c) => c === '')) continue
    const ligne = i + 2
    const dire = (code: string, message: string, bloquante = true) =>
      anomalies.push({ code: `role.${code}`, lieu: `ligne ${ligne}`, message, bloquante })
    const lire = (c: Colonne) => lireDans(cellules, c)
    const d: DebiteurLu = {
      tiers: lire('tiers').replace(/^T/i, ''),
      nom: lire('nom').slice(0, 38),
      prenom: lire('prenom').slice(0, 38),
      civilite: lire('civilite').slice(0, 10),
      siret: lire('siret').replace(/\s/g, ''),
      adresse: lire('adresse').slice(0, 38),
      complement: lire('complement').slice(0, 38),
      // a spreadsheet takes the first zero of 01000 away
      codePostal: lire('codePostal').replace(/^\d{4}$/, (c) => `0${c}`),
      ville: lire('ville').slice(0, 38),
    }
    if (d.nom === '' && d.tiers === '') dire('nom', 'Le nom du débiteur manque.')
    if (d.tiers !== '' && !/^\d+$/.test(d.tiers)) dire('tiers', `Le numéro de tiers « ${d.tiers} » ne se lit pas.`)
    if (d.siret !== '' && !isSiret(d.siret)) dire('siret', `Le SIRET « ${d.siret} » n’est pas valable.`)
    if (d.codePostal !== '' && !/^\d{5}$/.test(d.codePostal))
      dire('codePostal', `Le code postal « ${d.codePostal} » n’a pas cinq chiffres.`)
    if (lire('adresse').length > 38)
      dire('adresse', 'L’adresse dépasse 38 caractères : la fin est coupée. Utilisez la colonne « Complément ».', false)
    const nature = lire('nature') || defaut.nature
    if (!/^\d{2,12}$/.test(nature))
      dire('nature', 'L’article manque : donnez-le dans le tableur, ou pour tout l’import.')
    if (!/^\d{0,10}$/.test(lire('fonction'))) dire('fonction', `La fonction « ${lire('fonction')} » ne se lit pas.`)
    const ht = readMontant(lire('ht'))
    if (ht === undefined) dire('montant', `Le montant « ${lire('ht')} » ne se lit pas.`)
    else if (ht <= ZERO) dire('montant', 'Le montant doit être au-dessus de zéro ; un avoir se déduit du mois suivant.')
    const tva = lire('tva') === '' ? ZERO : readMontant(lire('tva'))
    if (tva === undefined || tva < ZERO) dire('tva', `La TVA « ${lire('tva')} » ne se lit pas.`)
    if (ht === undefined || tva === undefined) continue
    // lines of one debtor make one article
    const cle = d.tiers || d.siret || memeTexte(d.nom, d.prenom, d.codePostal, d.adresse)
    const article = articles.get(cle) ?? { ligne, debiteur: d, objet: lire('objet') || defaut.objet, lignes: [] }
    article.lignes.push({
      libelle: (lire('libelle') || lire('objet') || defaut.objet).slice(0, 100),
      nature,
      fonction: lire('fonction') || (defaut.fonction ?? ''),
      service: '',
      base: lire('base').slice(0, 60),
      ht: inEuros(ht),
      tva: inEuros(tva),
    })
    articles.set(cle, article)
  }
  return { articles: [...articles.values()], anomalies }
}
