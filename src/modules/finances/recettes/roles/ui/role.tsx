import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  Bouton,
  BoutonLien,
  Chronologie,
  type Colonne,
  Confirmation,
  compter,
  Encart,
  Etat,
  formatJour,
  formatMontant,
  hasDroit,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  telecharger,
  useAction,
  useAller,
  useApi,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { listerPieces } from '../../../execution/http/pieces/contract.ts'
import { Anomalies, Chiffres, ETATS_PIECE } from '../../../execution/ui/commun.tsx'
import { ETATS_ROLE, zRoleSaisi } from '../contract.ts'
import {
  type ArticleVue,
  abandonnerRole,
  copierRole,
  editerAvis,
  envoyerRole,
  lireRole,
  listerRoles,
  modifierRole,
  renvoyerRole,
  reprendreRejets,
  signerRole,
} from '../http/contract.ts'
import { DetailArticle, FicheArticle } from './article.tsx'
import { FicheRole } from './commun.tsx'
import { Importer } from './importer.tsx'
import { Motif } from './motif.tsx'
import { ETAT_ROLE } from './roles.tsx'

export type RoleLu = (typeof lireRole)['reply']['_output']

const colonnesOf = (signe: boolean): readonly Colonne<ArticleVue>[] => [
  { cle: 'tiers', titre: 'Débiteur', valeur: (a) => a.tiers },
  { cle: 'ttc', titre: 'Montant', valeur: (a) => a.ttc, genre: 'montant' },
  ...(signe
    ? ([
        {
          cle: 'etat',
          titre: 'État',
          valeur: (a) => (a.rejetBancaire ? 'Prélèvement rejeté' : a.etat),
          rendu: (a) =>
            a.rejetBancaire ? (
              <Etat etat="attention">Prélèvement rejeté</Etat>
            ) : (
              <Etat etat={ETATS_PIECE[a.codeEtat as keyof typeof ETATS_PIECE] ?? 'enAttente'}>{a.etat}</Etat>
            ),
          filtre: 'choix',
        },
        { cle: 'reste', titre: 'Reste', valeur: (a) => a.reste, genre: 'montant' },
        { cle: 'numero', titre: 'Dette', valeur: (a) => a.numero, genre: 'nombre' },
        { cle: 'cles', titre: 'Clés', valeur: (a) => a.cles, masquee: true },
        { cle: 'payfip', titre: 'Référence PayFiP', valeur: (a) => a.payfip, masquee: true },
      ] satisfies Colonne<ArticleVue>[])
    : []),
  { cle: 'prelevement', titre: 'Prélèvement', valeur: (a) => a.prelevement ?? '', masquee: signe },
  { cle: 'objet', titre: 'Objet', valeur: (a) => a.objet, masquee: true },
]
const COLONNES = { signe: colonnesOf(true), ouvert: colonnesOf(false) }

export default function Role() {
  const { role: id } = useParametres<{ role: string }>()
  const lu = useApi(lireRole, { params: { role: id as never } })
  const r = lu.data
  if (!r)
    return (
      <Page titre="Rôle" fil={[{ libelle: 'Rôles', vers: '/finances/recettes/roles' }]}>
        {lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>}
      </Page>
    )
  return <Lu role={r} />
}

type Panneau = 'importer' | 'modifier' | 'copier' | 'reprendre' | undefined
function Lu({ role: r }: { role: RoleLu }) {
  const vue = useSession()
  const [q, setQ] = useRecherche()
  const [panneau, setPanneau] = useState<Panneau>()
  const ouvert = r.etat === 'brouillon' && hasDroit(vue, 'finances.liquider')
  const choisi = r.articles.find((a) => a.id === q.dette)
  // one that was taken back is off: nothing is left of it
  const rejets = r.articles.filter((a) => a.codeEtat === 'rejetee' && a.reste !== '0.00').length
  return (
    <Page
      titre={r.numero ? `Rôle n° ${r.numero}, ${r.libelle}` : r.libelle}
      fil={[
        { libelle: 'Recettes', vers: '/finances/recettes' },
        { libelle: 'Rôles', vers: '/finances/recettes/roles' },
      ]}
      actions={<Actes role={r} onPanneau={setPanneau} />}
      action={<ActePrincipal role={r} />}
    >
      <div className="bq-rangee">
        <Etat etat={ETAT_ROLE[r.etat]}>{r.transmission || ETATS_ROLE[r.etat]}</Etat>
        <span className="bq-discret">
          Avis envoyés le {formatJour(r.saisie.avisLe)}, à payer avant le {formatJour(r.echeance)}
          {r.saisie.prelevementLe && `, prélevés le ${formatJour(r.saisie.prelevementLe)}`}.
        </span>
      </div>
      {r.motif && r.etat === 'brouillon' && (
        <Encart etat="attention" titre="Renvoyé par l’ordonnateur">
          {r.motif}
        </Encart>
      )}
      <Chiffres
        liste={[
          { libelle: 'Débiteurs', valeur: r.debiteurs },
          { libelle: 'Total', valeur: formatMontant(r.total) },
          ...(r.etat === 'signe'
            ? [
                { libelle: 'Encaissé', valeur: formatMontant(r.regle) },
                { libelle: 'Reste', valeur: formatMontant(r.reste) },
              ]
            : []),
        ]}
      />
      <Anomalies liste={groupees(r.anomalies)} />
      {rejets > 0 && hasDroit(vue, 'finances.liquider') && panneau !== 'reprendre' && (
        <Encart etat="bloquant" titre={`${compter(rejets, 'dette rejetée', 'dettes rejetées')} par le comptable`}>
          <p>Corrigez la fiche des débiteurs, puis reprenez leurs dettes dans un nouveau rôle.</p>
          <Bouton onClick={() => setPanneau('reprendre')}>Les reprendre</Bouton>
        </Encart>
      )}
      {panneau === 'importer' && <Importer role={r} onFermer={() => setPanneau(undefined)} />}
      {panneau === 'modifier' && <Modifier role={r} onFermer={() => setPanneau(undefined)} />}
      {(panneau === 'copier' || panneau === 'reprendre') && (
        <Copier role={r} reprise={panneau === 'reprendre'} onFermer={() => setPanneau(undefined)} />
      )}
      <ListeDetail
        titre="Débiteur"
        vide="Choisissez un débiteur pour voir ce qu’il doit."
        onFermer={() => setQ({ dette: undefined })}
        liste={
          <Tableau
            nom="Débiteurs"
            lignes={r.articles}
            cle={(a) => a.id}
            colonnes={r.etat === 'signe' ? COLONNES.signe : COLONNES.ouvert}
            onOuvrir={(a) => setQ({ dette: a.id })}
            ouverte={q.dette}
            vide="Aucun débiteur encore. Importez un tableur, ou ajoutez-les un par un."
          />
        }
        detail={
          ouvert && (q.dette === 'nouveau' || choisi) ? (
            <FicheArticle key={q.dette} role={r} article={choisi} onFait={() => setQ({ dette: undefined })} />
          ) : (
            choisi && <DetailArticle role={r} article={choisi} />
          )
        }
      />
      <details>
        <summary>Histoire</summary>
        <Chronologie
          faits={r.histoire.map((h) => ({
            id: h.id,
            instant: h.le,
            qui: h.nom,
            quoi: h.detail ? `${h.acte}, ${h.detail}` : h.acte,
          }))}
        />
      </details>
    </Page>
  )
}

/** The same fault of fifty debtors is one line. */
function groupees(anomalies: RoleLu['anomalies']) {
  const groupes = Map.groupBy(anomalies, (a) => a.code)
  return [...groupes.values()].map((liste) => {
    const { lieu, ...a } = liste[0]!
    if (!lieu) return a
    const noms = liste.map((x) => x.lieu!)
    const qui =
      noms.length > 3 ? `${noms.slice(0, 3).join(', ')} et ${compter(noms.length - 3, 'autre')}` : noms.join(', ')
    return { ...a, message: `${qui} : ${a.message.charAt(0).toLowerCase()}${a.message.slice(1)}` }
  })
}

function Actes({ role: r, onPanneau }: { role: RoleLu; onPanneau: (p: Panneau) => void }) {
  const vue = useSession()
  const [, setQ] = useRecherche()
  const [motif, setMotif] = useState<'abandon' | 'renvoi'>()
  const abandon = useAction(abandonnerRole, { invalidates: [lireRole, listerRoles] })
  const renvoi = useAction(renvoyerRole, { invalidates: [lireRole, listerRoles] })
  const liquide = hasDroit(vue, 'finances.liquider')
  const params = { role: r.id as never }
  return (
    <>
      {liquide && r.etat === 'brouillon' && (
        <>
          <Bouton touche="a" onClick={() => setQ({ dette: 'nouveau' })}>
            Ajouter un débiteur
          </Bouton>
          <Bouton touche="i" onClick={() => onPanneau('importer')}>
            Importer
          </Bouton>
          <Bouton variante="discret" onClick={() => onPanneau('modifier')}>
            Dates et nom
          </Bouton>
          <Bouton variante="discret" onClick={() => setMotif('abandon')}>
            Abandonner
          </Bouton>
        </>
      )}
      {liquide && r.etat !== 'brouillon' && (
        <Bouton variante="discret" onClick={() => onPanneau('copier')}>
          Copier pour un autre mois
        </Bouton>
      )}
      {r.etat === 'signe' && r.titreId && (
        <BoutonLien variante="discret" vers={`/finances/titres?piece=${r.titreId}`}>
          Titre récapitulatif
        </BoutonLien>
      )}
      {r.etat === 'aViser' && hasDroit(vue, 'finances.viser') && (
        <Bouton onClick={() => setMotif('renvoi')}>Renvoyer</Bouton>
      )}
      <Motif
        ouvert={motif !== undefined}
        titre={motif === 'abandon' ? 'Abandonner ce rôle' : 'Renvoyer ce rôle'}
        verbe={motif === 'abandon' ? 'Abandonner' : 'Renvoyer'}
        onFermer={() => setMotif(undefined)}
        onMotif={async (m) => {
          await (motif === 'abandon' ? abandon : renvoi).mutateAsync({ params, body: { motif: m } })
          signaler(motif === 'abandon' ? 'Rôle abandonné.' : 'Rôle renvoyé.')
        }}
      >
        {motif === 'abandon'
          ? 'Rien n’est parti : le rôle reste dans l’histoire, sans effet.'
          : 'Le rôle revient à la personne qui le prépare, avec votre motif.'}
      </Motif>
    </>
  )
}

function ActePrincipal({ role: r }: { role: RoleLu }) {
  const vue = useSession()
  const [confirme, setConfirme] = useState<'envoyer' | 'signer'>()
  const invalidates = [lireRole, listerRoles, listerPieces]
  const envoi = useAction(envoyerRole, { invalidates })
  const signature = useAction(signerRole, { invalidates })
  const params = { role: r.id as never }
  const bloque = r.anomalies.some((a) => a.bloquante)
  if (r.etat === 'signe')
    return (
      <Bouton
        variante="principal"
        onClick={() => telecharger(adresse(editerAvis, { params }), `avis-role-${r.numero}.pdf`)}
      >
        Imprimer les avis
      </Bouton>
    )
  return (
    <>
      {r.etat === 'brouillon' && hasDroit(vue, 'finances.liquider') && (
        <Bouton variante="principal" touche="e" disabled={bloque} onClick={() => setConfirme('envoyer')}>
          Envoyer à la signature
        </Bouton>
      )}
      {r.etat === 'aViser' && hasDroit(vue, 'finances.viser') && (
        <Bouton variante="principal" touche="s" onClick={() => setConfirme('signer')}>
          Signer
        </Bouton>
      )}
      <Confirmation
        ouverte={confirme !== undefined}
        titre={confirme === 'signer' ? 'Signer ce rôle' : 'Envoyer à la signature'}
        verbe={confirme === 'signer' ? 'Signer' : 'Envoyer'}
        onFermer={() => setConfirme(undefined)}
        onConfirmer={async () => {
          if (confirme === 'envoyer') {
            await envoi.mutateAsync({ params })
            return signaler('Rôle envoyé à l’ordonnateur.')
          }
          const { numero } = await signature.mutateAsync({ params, body: { empreinte: r.empreinte } })
          signaler(`Rôle n° ${numero} signé : ses flux se génèrent dans « Échanges ».`)
        }}
      >
        {confirme === 'signer'
          ? `${compter(r.debiteurs, 'avis', 'avis')} pour ${formatMontant(r.total)} deviennent exécutoires : le bordereau ORMC, les dettes et le titre récapitulatif prennent leurs numéros. Une erreur se corrigera ensuite débiteur par débiteur.`
          : `L’ordonnateur recevra ce rôle de ${compter(r.debiteurs, 'débiteur')}, ${formatMontant(r.total)}. Rien n’est numéroté avant sa signature.`}
      </Confirmation>
    </>
  )
}

function Modifier({ role: r, onFermer }: { role: RoleLu; onFermer: () => void }) {
  const action = useAction(modifierRole, { invalidates: [lireRole, listerRoles] })
  return (
    <FicheRole
      initial={zRoleSaisi.parse(r.saisie)}
      libelle="Enregistrer"
      annuler={onFermer}
      onEnvoyer={async (body) => {
        await action.mutateAsync({ params: { role: r.id as never }, body })
        onFermer()
      }}
    />
  )
}

/** A rôle drawn from another one: all of its debtors, or those that the comptable refused. */
function Copier({ role: r, reprise, onFermer }: { role: RoleLu; reprise: boolean; onFermer: () => void }) {
  const aller = useAller()
  const copie = useAction(copierRole, { invalidates: [listerRoles] })
  const rejets = useAction(reprendreRejets, { invalidates: [listerRoles, lireRole] })
  const [id] = useState(() => newId<'Role'>())
  return (
    <FicheRole
      initial={{
        produit: r.saisie.produit,
        periode: r.saisie.periode,
        edition: r.saisie.edition,
        libelle: reprise ? `${r.saisie.libelle}, reprise` : '',
        prelevementLe: null,
      }}
      libelle={reprise ? 'Reprendre les rejets' : 'Copier'}
      annuler={onFermer}
      onEnvoyer={async (v) => {
        await (reprise ? rejets : copie).mutateAsync({ params: { role: r.id as never }, body: { ...v, id } })
        signaler(reprise ? 'Dettes reprises : relisez, puis envoyez à la signature.' : 'Copié : relisez les montants.')
        onFermer()
        aller(`/finances/recettes/roles/${id}`)
      }}
    />
  )
}
